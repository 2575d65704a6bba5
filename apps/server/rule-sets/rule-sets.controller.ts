import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RuleSetRecorder, type AdoptionSubmission } from '#libs/findings/application/rule-set-recorder.js';
import type { Parameter } from '#libs/findings/domain/parameters.js';
import {
  CompareRuleSetsQuery,
  RuleSetQuery,
  RuleSetsQuery,
  type JudgedComparison,
  type RuleSetAdoptionView,
  type RuleSetView,
} from '#libs/read-models/findings/rule-set-queries.js';
import { Answers, READ_PROBLEMS, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { toDomain } from '../dto/money-fields.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import {
  ComparisonParameters,
  RuleParameterBody,
  RuleSetAdoptionBody,
  RuleSetParameters,
  RuleSetsParameters,
} from '../dto/rule-sets.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

const RuleSetIdParam = () =>
  ApiParam({ name: 'ruleSetId', description: '规则集标识，如 default', schema: { type: 'string' } });

/** By which thresholds and rules a region is judged, from which day; and what another set would say. */
@ApiTags('规则集')
@Controller('rule-sets')
export class RuleSetsController {
  constructor(
    private readonly recorder: RuleSetRecorder,
    private readonly queries: ReadBus,
  ) {}

  @Get()
  @Answers('listRuleSets', '已采用的规则集：在何地、从何日起施行', 'RuleSetAdoptions')
  list(
    @Query(validated(RuleSetsParameters)) query: RuleSetsParameters,
  ): Promise<{ items: RuleSetAdoptionView[]; nextCursor: null }> {
    return this.queries.execute(new RuleSetsQuery(filterOf(query)), query);
  }

  @Get('comparison')
  @Answers('compareRuleSets', '同样的事实按两个规则集判断，列出结果不同的疑点', 'RuleSetComparison')
  compare(@Query(validated(ComparisonParameters)) query: ComparisonParameters): Promise<JudgedComparison> {
    return this.queries.execute(new CompareRuleSetsQuery(pageFilterOf(query)), query);
  }

  @Get(':ruleSetId')
  @RuleSetIdParam()
  @Answers('getRuleSet', '一个规则集的参数、规则和施行情况', 'RuleSet', { problems: [...READ_PROBLEMS, 404] })
  async one(
    @Param('ruleSetId') ruleSetId: string,
    @Query(validated(RuleSetParameters)) query: RuleSetParameters,
  ): Promise<RuleSetView> {
    const found = await this.queries.execute(new RuleSetQuery(ruleSetId, query.version), query);
    if (found) return found;
    throw new ProblemError('ruleSet.unknown', `没有规则集 ${ruleSetId}`, { details: { ruleSetId } });
  }

  @Post(':ruleSetId/adoptions')
  @RuleSetIdParam()
  @Writes()
  @IdempotencyHeader()
  @Answers('adoptRuleSet', '采用规则集；新版只写与上一版不同的参数', 'RuleSetAdopted', {
    status: 201,
    problems: WRITE_PROBLEMS,
  })
  async adopt(
    @Param('ruleSetId') ruleSetId: string,
    @Body(validated(RuleSetAdoptionBody)) body: RuleSetAdoptionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ ruleSetId: string; version: number; eventId: string; position: string }> {
    const actor = actorOf(request.headers);
    const { effectiveDate, evidence = [], parameters, ...asked } = body;
    // The body's class has been checked; its fields are those of the adoption.
    const submission = {
      asked: {
        ruleSetId,
        ...(toDomain(asked) as object),
        ...(parameters && { parameters: parameters.map(parameterOf) }),
      },
      evidence: toDomain(evidence),
      effectiveDate,
      actor,
      commandId: commandIdOf(request.headers, actor),
    } as unknown as AdoptionSubmission;
    const { outcome, eventId, position, adopted } = await this.recorder.adopt(submission);
    if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    void reply.header('taizhang-position', position);
    return { ruleSetId, version: adopted.version, eventId, position };
  }
}

/** One of the two is given: a number or a list of words. @throws ProblemError `ruleSet.badValue` */
function parameterOf({ name, from, source, value, values }: RuleParameterBody): Parameter {
  const given = value ?? values;
  if (given === undefined || (value !== undefined && values !== undefined)) {
    throw new ProblemError('ruleSet.badValue', `参数 ${name} 应写 value 或 values 之一`, {
      details: { name },
    });
  }
  return { name, from, source, value: given };
}
