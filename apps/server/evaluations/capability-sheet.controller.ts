import { Body, Controller, Get, Param, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { sectionOf } from '#libs/evaluation/application/sealed-sections.js';
import { sealedSheet, type SealedSheet } from '#libs/evaluation/snapshot/sealed-sheet.js';
import { evaluationSheet } from '#libs/exchange/export/evaluation-sheet.js';
import { SheetQuery, type SheetView } from '#libs/read-models/evaluations/queries.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { ScoresBody, SheetParameters } from '../dto/evaluations.js';
import { filterOf, ReadQuery } from '../dto/queries.js';
import { download, Downloads } from '../exports/download.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { evaluationIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { answered, findEvaluation, IdParam, ONE_PROBLEMS } from './evaluation-routes.js';

/** The capability evaluation sheet 能力评价表: filled in by evaluators, and as it was sealed. */
@ApiTags('年度评估')
@Controller('evaluations')
export class CapabilitySheetController {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly queries: ReadBus,
    private readonly texts: SealedTexts,
  ) {}

  @Get('sheet')
  @Answers('getCapabilitySheet', '能力评价表：各项已打的分、依据和打分人，封存前', 'CapabilitySheet')
  openSheet(@Query(validated(SheetParameters)) query: SheetParameters): Promise<SheetView> {
    const { region, year, ...asOf } = filterOf(query);
    return this.queries.execute(new SheetQuery(region, year, asOf), query);
  }

  @Post('scores')
  @Writes()
  @IdempotencyHeader()
  @ApiResponse({ status: 201, description: '已记录，答复同 200' })
  @Answers('scoreEvaluation', '能力评价打分，每项附依据；计入此后的封存', 'ScoredEvaluation', {
    problems: WRITE_PROBLEMS,
  })
  async score(
    @Body(validated(ScoresBody)) body: ScoresBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const actor = actorOf(request.headers);
    const commandId = commandIdOf(request.headers, actor);
    // Fields that were left out are undefined in the checked body, and absent in what is stored.
    const { region, year, scores } = JSON.parse(JSON.stringify(body)) as ScoresBody;
    const outcome = await this.evaluator.score({ region, year, scores, actor, commandId });
    answered(reply, outcome);
    return { ...outcome, position: outcome.position ?? null };
  }

  @Get(':evaluationId/sheet')
  @IdParam()
  @Answers('getSealedSheet', '一次封存的能力评价表', 'SealedSheet', { problems: ONE_PROBLEMS })
  async sealedSheet(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<SealedSheet> {
    const { sealed } = await findEvaluation(this.queries, id, query);
    return sealedSheet(sealed, await sectionOf(this.texts, sealed, 'scores'));
  }

  @Get(':evaluationId/sheet.xlsx')
  @IdParam()
  @Downloads('exportEvaluationSheet', '能力评价表（.xlsx）', 'xlsx')
  async sheet(
    @Param('evaluationId', evaluationIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<StreamableFile> {
    const { sealed } = await findEvaluation(this.queries, id, query);
    return download(evaluationSheet(sealed, await sectionOf(this.texts, sealed, 'scores')), 'xlsx');
  }
}
