import { Body, Controller, HttpStatus, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { moneyView, type MoneyView } from '#libs/kernel/money.js';
import {
  YearCarrier,
  type CarriedAmount,
  type YearCarrying,
} from '#libs/projects/application/year-carrier.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { FUND_STAGES, FUNDING_LEVELS, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { labelled, type Labelled } from '#libs/read-models/views.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { CarryingBody } from '../dto/closings.js';
import { FactParameters } from '../dto/fact-parameters.js';
import { CurrentActor, Writes } from '../http/actor.js';
import { validated } from '../http/validation.js';

/** Amounts that are listed one by one; the sums are always those of all. */
const LISTED = 1000;

interface CarryingAnswer extends Omit<YearCarrying, 'amounts'> {
  entries: number;
  total: MoneyView;
  amounts: {
    project: { id: string; name: string };
    source: Labelled<string>;
    level: Labelled<string> | null;
    stage: Labelled<string>;
    amount: MoneyView;
  }[];
  /** How many amounts are not listed. */
  leftOff: number;
  position: string | null;
}

/** Unspent money of a whole region carried to the next budget year; `/projects/{id}/carry-forwards` carries one amount. */
@ApiTags('关账')
@Controller('carry-forwards')
export class CarryForwardsController {
  constructor(private readonly carrier: YearCarrier) {}

  @Post()
  @Writes()
  @ApiResponse({ status: 201, description: '有项目在本次结转，答复同 200' })
  @Answers(
    'carryForwardRegionYear',
    '把一个地区所有项目某预算年度未用完的资金结转下年；中断后原样重发即可完成，不会重复结转',
    'YearCarrying',
    { problems: WRITE_PROBLEMS },
  )
  async carry(
    @Body(validated(CarryingBody)) body: CarryingBody,
    @Query(validated(FactParameters)) { dryRun = false }: FactParameters,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CarryingAnswer> {
    const { carrying, position } = await this.carrier.carry({ ...body, dryRun, actor });
    void reply.status(position === undefined ? HttpStatus.OK : HttpStatus.CREATED);
    if (position !== undefined) void reply.header('taizhang-position', position);
    return answerOf(carrying, position ?? null);
  }
}

function answerOf({ amounts, ...carrying }: YearCarrying, position: string | null): CarryingAnswer {
  return {
    ...carrying,
    entries: amounts.length,
    total: moneyView(amounts.reduce((sum, { fen }) => sum + fen, 0n)),
    amounts: amounts.slice(0, LISTED).map(viewOf),
    leftOff: Math.max(0, amounts.length - LISTED),
    position,
  };
}

const viewOf = ({ projectId, name, source, level, stage, fen }: CarriedAmount) => ({
  project: { id: projectId, name },
  source: labelled(FUNDING_SOURCES, source),
  level: level === undefined ? null : labelled(FUNDING_LEVELS, level),
  stage: labelled(FUND_STAGES, stage),
  amount: moneyView(fen),
});
