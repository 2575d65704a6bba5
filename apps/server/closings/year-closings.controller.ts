import { Body, Controller, Get, HttpStatus, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { YearCloser, type YearClosing } from '#libs/projects/application/year-closer.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { ClosedYearsQuery, type ClosedYear } from '#libs/read-models/closings/queries.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { ClosedYearsParameters, YearClosingBody } from '../dto/closings.js';
import { filterOf } from '../dto/queries.js';
import { CurrentActor, Writes } from '../http/actor.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

/** Budget years closed for a whole region; `/projects/{id}/budget-year-closings` closes one project's. */
@ApiTags('关账')
@Controller('year-closings')
export class YearClosingsController {
  constructor(
    private readonly closer: YearCloser,
    private readonly queries: ReadBus,
  ) {}

  @Post()
  @Writes()
  @ApiResponse({ status: 201, description: '有项目在本次关账，答复同 200' })
  @Answers(
    'closeRegionYear',
    '关闭一个地区所有项目的预算年度（由财政办理）；中断后原样重发即可完成',
    'YearClosing',
    {
      problems: WRITE_PROBLEMS,
    },
  )
  async close(
    @Body(validated(YearClosingBody)) body: YearClosingBody,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<YearClosing & { position: string | null }> {
    const { closing, position } = await this.closer.close({ ...body, actor });
    void reply.status(position === undefined ? HttpStatus.OK : HttpStatus.CREATED);
    if (position !== undefined) void reply.header('taizhang-position', position);
    return { ...closing, position: position ?? null };
  }

  @Get()
  @Answers('listClosedYears', '已关账的预算年度，及可用于 asKnownAt 的关账时刻', 'ClosedYears')
  async list(
    @Query(validated(ClosedYearsParameters)) query: ClosedYearsParameters,
  ): Promise<{ items: ClosedYear[] }> {
    return { items: await this.queries.execute(new ClosedYearsQuery(filterOf(query)), query) };
  }
}
