import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AgeingQuery,
  IdleLotsQuery,
  PaymentTraceQuery,
  PlanDocumentTraceQuery,
  type Ageing,
  type IdleLotView,
  type PaymentTrace,
  type PlanDocumentTrace,
} from '#libs/read-models/lots/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, READ_PROBLEMS } from '../answers/answers.decorator.js';
import { AgeingParameters, IdleLotsParameters } from '../dto/ageing.js';
import { TraceParameters } from '../dto/plan-documents.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import { documentIdParam, eventIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

const PROBLEMS = [...READ_PROBLEMS, 404];
const uuid = { type: 'string', format: 'uuid' } as const;

/** 穿透: from a payment back to the plan document, from the document to where its money is, and what lies idle. */
@ApiTags('穿透')
@Controller()
export class TracingController {
  constructor(private readonly queries: ReadBus) {}

  @Get('trace/payments/:eventId')
  @ApiParam({ name: 'eventId', description: '支付记录的事件标识', schema: uuid })
  @Answers('tracePayment', '一笔支付的来路：到位、拨付、下达、投资计划', 'PaymentTrace', {
    problems: PROBLEMS,
  })
  payment(
    @Param('eventId', eventIdParam) eventId: string,
    @Query(validated(TraceParameters)) query: TraceParameters,
  ): Promise<PaymentTrace> {
    return this.queries.execute(new PaymentTraceQuery({ ...filterOf(query), eventId }), query);
  }

  @Get('trace/plan-documents/:documentId')
  @ApiParam({ name: 'documentId', description: '投资计划的标识', schema: uuid })
  @Answers('tracePlanDocument', '一份投资计划的资金现在何处：按环节、项目和批次', 'PlanDocumentTrace', {
    problems: PROBLEMS,
  })
  planDocument(
    @Param('documentId', documentIdParam) documentId: string,
    @Query(validated(TraceParameters)) query: TraceParameters,
  ): Promise<PlanDocumentTrace> {
    return this.queries.execute(new PlanDocumentTraceQuery({ ...filterOf(query), documentId }), query);
  }

  @Get('ageing')
  @Answers('getAgeing', '闲置资金账龄：按环节和来源', 'Ageing')
  ageing(@Query(validated(AgeingParameters)) query: AgeingParameters): Promise<Ageing> {
    return this.queries.execute(new AgeingQuery(filterOf(query)), query);
  }

  @Get('ageing/lots')
  @Answers('listIdleLots', '账龄数字背后的各笔资金，由久到近', 'IdleLotPage')
  idleLots(@Query(validated(IdleLotsParameters)) query: IdleLotsParameters): Promise<Page<IdleLotView>> {
    return this.queries.execute(new IdleLotsQuery(pageFilterOf(query)), query);
  }
}
