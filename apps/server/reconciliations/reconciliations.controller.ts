import {
  Controller,
  Get,
  HttpStatus,
  Param,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvidenceFiles } from '#libs/database/evidence-files.js';
import type { Json } from '#libs/kernel/json.js';
import {
  ReconciliationQuery,
  ReconciliationsQuery,
  type Reconciliation,
} from '#libs/read-models/reconciliations/queries.js';
import { Reconciler } from '#libs/reconciliation/application/reconciler.js';
import { Answers, READ_PROBLEMS, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { toView } from '../dto/money-fields.js';
import { filterOf, pageFilterOf, ReadQuery } from '../dto/queries.js';
import {
  ReconciliationAsOfParameters,
  ReconciliationListParameters,
  ReconciliationParameters,
} from '../dto/reconciliations.js';
import { actorOf, Writes } from '../http/actor.js';
import { reconciliationIdParam } from '../http/params.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { AnswersOriginalFile, originalFile } from '../imports/original-file.js';
import { uploadedFile } from '../imports/uploaded-file.js';
import { UploadsTable } from '../imports/uploads.js';
import { pairDecisions } from './pair-decisions.js';

const IdParam = (): MethodDecorator =>
  ApiParam({ name: 'reconciliationId', description: '对账标识', schema: { type: 'string', format: 'uuid' } });

const DECISIONS =
  'JSON 数组，对建议的匹配的全部确认和否定：[{ "sheet", "row", "eventId", "decision": "confirmed" | "rejected" }]；' +
  '不送则沿用这一文件上次对账时所作的';

/** Statements of finance bureaus compared with the ledger, and whether what was agreed still holds. */
@ApiTags('对账')
@Controller('reconciliations')
export class ReconciliationsController {
  constructor(
    private readonly reconciler: Reconciler,
    private readonly queries: ReadBus,
    private readonly files: EvidenceFiles,
  ) {}

  @Post()
  @Writes()
  @UploadsTable({
    recorded: '已记录对账结果，答复同 200',
    fields: { decisions: { type: 'string', description: DECISIONS } },
  })
  @Answers('reconcileStatement', '财政对账单与台账的支付、到位逐笔核对', 'ReconciliationReport', {
    problems: WRITE_PROBLEMS,
  })
  async reconcile(
    @Query(validated(ReconciliationParameters)) query: ReconciliationParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Json> {
    const actor = actorOf(request.headers);
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const { file, fields } = await uploadedFile(request);
    const decisions = await pairDecisions(fields.get('decisions'));
    const { report, position } = await this.reconciler.reconcile({
      region: actor.region,
      dryRun: false,
      ...given,
      ...(decisions && { decisions }),
      ...file,
      actor,
    });
    const isNew = position !== undefined && report.repeats === null;
    void reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    if (position !== undefined && !isNew) void reply.header('idempotent-replay', 'true');
    if (position !== undefined) {
      void reply.header('taizhang-position', position);
      void reply.header('location', `/api/v1/reconciliations/${report.reconciliationId}`);
    }
    return view({ ...report, recordedPosition: position ?? null });
  }

  @Get()
  @Answers('listReconciliations', '对账结果，新的在前，各与现在的台账比较', 'ReconciliationPage')
  async list(
    @Query(validated(ReconciliationListParameters)) query: ReconciliationListParameters,
  ): Promise<Json> {
    return view(await this.queries.execute(new ReconciliationsQuery(pageFilterOf(query)), query));
  }

  @Get(':reconciliationId')
  @IdParam()
  @Answers('getReconciliation', '一次对账的结果，及此后使之不符的变动', 'Reconciliation', {
    problems: [...READ_PROBLEMS, 404],
  })
  async one(
    @Param('reconciliationId', reconciliationIdParam) reconciliationId: string,
    @Query(validated(ReconciliationAsOfParameters)) query: ReconciliationAsOfParameters,
  ): Promise<Json> {
    return view(await this.find(reconciliationId, query));
  }

  @Get(':reconciliationId/file')
  @IdParam()
  @AnswersOriginalFile('getReconciliationFile', '对账单的原始文件，逐字节不变')
  async file(
    @Param('reconciliationId', reconciliationIdParam) reconciliationId: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<StreamableFile> {
    const { fileDigest, fileName } = await this.find(reconciliationId, query);
    const file = await originalFile(this.files, { fileDigest, fileName });
    if (!file) throw new ProblemError('reconciliation.notFound', `没有摘要为 ${fileDigest} 的文件`);
    return file;
  }

  private async find(reconciliationId: string, query: ReconciliationAsOfParameters): Promise<Reconciliation> {
    const found = await this.queries.execute(
      new ReconciliationQuery(reconciliationId, filterOf(query)),
      query,
    );
    if (found) return found;
    const detail = `没有标识为 ${reconciliationId} 的对账`;
    throw new ProblemError('reconciliation.notFound', detail, { details: { reconciliationId } });
  }
}

/** Amounts in fen and yuan, like everywhere. */
function view(answer: object): Json {
  return toView(answer as Json);
}
