import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { EventStore } from '#libs/event-store/port.js';
import {
  AnchorsQuery,
  ChainPointQuery,
  type ChainPoint,
  type RecordedAnchor,
} from '#libs/read-models/audit-chain/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { EVENT_STORE } from '#libs/runtime/tokens.js';
import { Answers } from '../answers/answers.decorator.js';
import { PageQuery, pageFilterOf, ReadQuery } from '../dto/queries.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

/** Where the audit chain stands, and what was signed of it. Verifying is for whoever doubts the server: by the CLI. */
@ApiTags('审计链')
@Controller('audit-chain')
export class AuditChainController {
  constructor(
    private readonly queries: ReadBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('head')
  @Answers('getChainHead', '审计链的末环：序号、位置与摘要', 'ChainHead')
  async head(
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<{ storeId: string; head: ChainPoint | null }> {
    const head = await this.queries.execute(new ChainPointQuery(), query);
    return { storeId: await this.store.storeId(), head };
  }

  @Get('anchors')
  @Answers('listAnchors', '已签名的锚，最近的在前；每个锚可单独存为文件', 'AnchorPage')
  anchors(@Query(validated(PageQuery)) query: PageQuery): Promise<Page<RecordedAnchor>> {
    return this.queries.execute(new AnchorsQuery(pageFilterOf(query)), query);
  }
}
