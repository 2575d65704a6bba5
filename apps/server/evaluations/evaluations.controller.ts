import { Body, Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import {
  differencePage,
  sealedBefore,
  type ExplainedDifference,
} from '#libs/evaluation/application/comparisons.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { assertIntact } from '#libs/evaluation/application/sealed-sections.js';
import { wholeText } from '#libs/evaluation/snapshot/snapshot.js';
import { yearOnYear, type YearOnYearRow } from '#libs/evaluation/snapshot/year-on-year.js';
import {
  EvaluationQuery,
  EvaluationsQuery,
  type EvaluationView,
} from '#libs/read-models/evaluations/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, schemaOf, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { DifferencesParameters, EvaluationsParameters, SealBody } from '../dto/evaluations.js';
import { pageFilterOf, ReadQuery } from '../dto/queries.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { evaluationIdParam } from '../http/params.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { answered, findEvaluation, IdParam, ONE_PROBLEMS } from './evaluation-routes.js';

/** Annual evaluations 年度评估: sealed snapshots, and what differs between them. */
@ApiTags('年度评估')
@Controller('evaluations')
export class EvaluationsController {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly queries: ReadBus,
    private readonly texts: SealedTexts,
  ) {}

  @Post()
  @Writes()
  @IdempotencyHeader()
  @ApiResponse({ status: 201, description: '已封存，答复同 200' })
  @Answers('sealEvaluation', '封存一个地区一年的评估；内容相同的再次封存答复如前', 'SealedEvaluation', {
    problems: WRITE_PROBLEMS,
  })
  async seal(
    @Body(validated(SealBody)) body: SealBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const actor = actorOf(request.headers);
    const outcome = await this.evaluator.seal({
      ...body,
      actor,
      commandId: commandIdOf(request.headers, actor),
    });
    answered(reply, outcome);
    void reply.header('location', `/api/v1/evaluations/${outcome.evaluationId}`);
    return { ...outcome, position: outcome.position ?? null };
  }

  @Get()
  @Answers('listEvaluations', '封存的年度评估，新的在前', 'EvaluationPage')
  list(@Query(validated(EvaluationsParameters)) query: EvaluationsParameters): Promise<Page<EvaluationView>> {
    return this.queries.execute(new EvaluationsQuery(pageFilterOf(query)), query);
  }

  @Get(':evaluationId')
  @IdParam()
  @Answers('getEvaluation', '一次封存：位置、规则版本、各部分的摘要', 'Evaluation', {
    problems: ONE_PROBLEMS,
  })
  one(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<EvaluationView> {
    return findEvaluation(this.queries, id, query);
  }

  @Get(':evaluationId/snapshot')
  @IdParam()
  @ApiOperation({
    operationId: 'getEvaluationSnapshot',
    summary: '封存的快照全文（RFC 8785），摘要即其 SHA-256',
  })
  @ApiResponse({
    status: 200,
    description: '快照全文',
    content: { 'application/json': { schema: { type: 'object', additionalProperties: { type: 'array' } } } },
  })
  @ApiResponse({
    status: 404,
    description: '没有这个资源',
    content: { 'application/problem+json': { schema: schemaOf('Problem') } },
  })
  async snapshot(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<StreamableFile> {
    const { sealed } = await findEvaluation(this.queries, id, query);
    await assertIntact(this.texts, sealed);
    const text = wholeText(sealed.sections, (digest) => this.texts.text(digest));
    return new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: 'application/json; charset=utf-8',
    });
  }

  @Get(':evaluationId/differences')
  @IdParam()
  @Answers(
    'listEvaluationDifferences',
    '与另一次封存的差异：哪个数、由何变为何、哪些事件',
    'EvaluationDifferencePage',
    {
      problems: ONE_PROBLEMS,
    },
  )
  async differences(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(DifferencesParameters)) query: DifferencesParameters,
  ): Promise<Page<ExplainedDifference>> {
    const { from, ...page } = pageFilterOf(query);
    const to = await findEvaluation(this.queries, id, query);
    const before =
      from === undefined ? await this.before(to, query) : await findEvaluation(this.queries, from, query);
    return differencePage(
      { texts: this.texts, ask: (each) => this.queries.execute(each, query) },
      { from: before.sealed, to: to.sealed },
      page,
    );
  }

  @Get(':evaluationId/year-on-year')
  @IdParam()
  @Answers('getEvaluationYearOnYear', '与上一年度的封存逐项比较', 'YearOnYear', { problems: ONE_PROBLEMS })
  async yearOnYear(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<{ before: object | null; now: object; items: YearOnYearRow[] }> {
    const now = await findEvaluation(this.queries, id, query);
    const before = await this.queries.execute(
      new EvaluationQuery({ region: now.region.code, year: now.year - 1 }),
      query,
    );
    const items = before
      ? await yearOnYear(before.sealed, now.sealed, (digest) => this.texts.entries(digest))
      : [];
    return { before: before && outline(before), now: outline(now), items };
  }

  /** The snapshot sealed before this one, of the same region and year. */
  private async before(view: EvaluationView, query: ReadQuery): Promise<EvaluationView> {
    const { region, year, id } = view;
    const { items } = await this.queries.execute(
      new EvaluationsQuery({ region: region.code, year, limit: 500 }),
      query,
    );
    const earlier = sealedBefore(items, view);
    if (earlier) return earlier;
    throw new ProblemError('evaluation.notFound', '此前没有封存过同一地区同一年度的评估', {
      details: { evaluationId: id },
    });
  }
}

const outline = ({ id, year, digest }: EvaluationView) => ({ id, year, digest });
