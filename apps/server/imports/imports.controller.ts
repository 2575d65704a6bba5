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
import { ProjectListImporter } from '#libs/exchange/import/importer.js';
import type { ImportReport } from '#libs/exchange/report/report.js';
import {
  ImportReportQuery,
  ImportsQuery,
  type ImportListed,
  type RecordedImport,
} from '#libs/read-models/imports/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, READ_PROBLEMS, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { ImportListParameters, ImportParameters } from '../dto/import-queries.js';
import { pageFilterOf, ReadQuery } from '../dto/queries.js';
import { actorOf, Writes } from '../http/actor.js';
import { importIdParam } from '../http/params.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { columnReadings } from './column-readings.js';
import { ImportProgress } from './import-progress.js';
import { AnswersOriginalFile, originalFile } from './original-file.js';
import { rowViews } from './report-view.js';
import { uploadedFile } from './uploaded-file.js';
import { UploadsTable } from './uploads.js';

const PROBLEMS = [...READ_PROBLEMS, 404];
const ImportIdParam = (): MethodDecorator =>
  ApiParam({ name: 'importId', description: '导入标识', schema: { type: 'string', format: 'uuid' } });

const COLUMNS =
  '列的含义，JSON 数组：[{"sheet":"清单","column":"F","meaning":"total"}]；meaning 为键、中文名或 ignored（不读取）';

interface ImportProgressView {
  running: boolean;
  done: number;
  total: number;
}

/** Project lists as files: tried, imported, and looked up later with the bytes they came from. */
@ApiTags('导入')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly importer: ProjectListImporter,
    private readonly queries: ReadBus,
    private readonly files: EvidenceFiles,
    private readonly progress: ImportProgress,
  ) {}

  @Post('project-lists')
  @Writes()
  @UploadsTable({ fields: { columns: { type: 'string', description: COLUMNS } } })
  @Answers('importProjectList', '导入项目清单；同一文件再次导入不会重复记录', 'ImportReport', {
    problems: WRITE_PROBLEMS,
  })
  async importList(
    @Query(validated(ImportParameters)) query: ImportParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReport & { position: string | null }> {
    const actor = actorOf(request.headers);
    const { region = actor.region, dryRun = false, effectiveDate, unit } = query;
    const { file, fields } = await uploadedFile(request);
    const options = {
      ...(effectiveDate !== undefined && { effectiveDate }),
      ...(unit !== undefined && { unit }),
      columns: await columnReadings(fields.get('columns')),
    };
    const { report, position } = await this.progress.during((told) =>
      this.importer.import({ ...file, ...options, actor, region, dryRun }, told),
    );
    void reply.status(position === undefined ? HttpStatus.OK : HttpStatus.CREATED);
    if (position !== undefined) void reply.header('taizhang-position', position);
    if (!dryRun) void reply.header('location', `/api/v1/imports/${report.importId}`);
    return { ...report, rows: rowViews(report.rows), position: position ?? null };
  }

  @Get()
  @Answers('listImports', '导入记录，新的在前，各以最近一次为准', 'ImportPage')
  list(@Query(validated(ImportListParameters)) query: ImportListParameters): Promise<Page<ImportListed>> {
    return this.queries.execute(new ImportsQuery(pageFilterOf(query)), query);
  }

  @Get(':importId/progress')
  @ImportIdParam()
  @Answers('getImportProgress', '正在进行的导入：已处理的行数', 'ImportProgress')
  progressOf(@Param('importId', importIdParam) importId: string): ImportProgressView {
    const running = this.progress.of(importId);
    return { running: running !== undefined, done: running?.done ?? 0, total: running?.total ?? 0 };
  }

  @Get(':importId')
  @ImportIdParam()
  @Answers('getImport', '一次导入的报告', 'RecordedImport', { problems: PROBLEMS })
  async report(
    @Param('importId', importIdParam) importId: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<RecordedImport> {
    const report = await this.find(importId, query);
    return { ...report, rows: rowViews(report.rows) };
  }

  @Get(':importId/file')
  @ImportIdParam()
  @AnswersOriginalFile('getImportFile', '导入的原始文件，逐字节不变')
  async file(
    @Param('importId', importIdParam) importId: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<StreamableFile> {
    const report = await this.find(importId, query);
    const file = await originalFile(this.files, report);
    if (!file) throw new ProblemError('import.notFound', `没有摘要为 ${report.fileDigest} 的文件`);
    return file;
  }

  private async find(importId: string, query: ReadQuery): Promise<RecordedImport> {
    const report = await this.queries.execute(new ImportReportQuery(importId), query);
    if (report) return report;
    throw new ProblemError('import.notFound', `没有标识为 ${importId} 的导入`, { details: { importId } });
  }
}
