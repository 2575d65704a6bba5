import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findingsSheet } from '#libs/exchange/export/findings-sheet.js';
import { ledgerSheet } from '#libs/exchange/export/ledger-sheet.js';
import { projectListSheet } from '#libs/exchange/export/project-list-sheet.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { FindingsQuery } from '#libs/read-models/findings/queries.js';
import { LedgerQuery, ROWS_OF_A_FILE } from '#libs/read-models/ledger/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { ListProjectsQuery } from '#libs/read-models/register/queries.js';
import {
  FindingsExportParameters,
  LedgerExportParameters,
  ProjectListExportParameters,
} from '../dto/exports.js';
import { registerFilterOf } from '../dto/project-queries.js';
import { filterOf } from '../dto/queries.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { download, Downloads, type ExportFormat } from './download.js';

/** Tables as files to print and to hand in. */
@ApiTags('导出')
@Controller('exports')
export class ExportsController {
  constructor(private readonly queries: ReadBus) {}

  @Get('ledger.xlsx')
  @Downloads('exportLedgerWorkbook', '投资台账（.xlsx）：合并表头、公式合计、横向打印', 'xlsx')
  ledgerWorkbook(
    @Query(validated(LedgerExportParameters)) query: LedgerExportParameters,
  ): Promise<StreamableFile> {
    return this.ledger(query, 'xlsx');
  }

  @Get('ledger.csv')
  @Downloads('exportLedgerText', '投资台账（.csv）', 'csv')
  ledgerText(
    @Query(validated(LedgerExportParameters)) query: LedgerExportParameters,
  ): Promise<StreamableFile> {
    return this.ledger(query, 'csv');
  }

  @Get('project-list.xlsx')
  @Downloads('exportProjectListWorkbook', '项目清单（.xlsx）：已发布清单的九列', 'xlsx')
  listWorkbook(
    @Query(validated(ProjectListExportParameters)) query: ProjectListExportParameters,
  ): Promise<StreamableFile> {
    return this.projectList(query, 'xlsx');
  }

  @Get('project-list.csv')
  @Downloads('exportProjectListText', '项目清单（.csv）：已发布清单的九列', 'csv')
  listText(
    @Query(validated(ProjectListExportParameters)) query: ProjectListExportParameters,
  ): Promise<StreamableFile> {
    return this.projectList(query, 'csv');
  }

  @Get('findings.xlsx')
  @Downloads('exportFindingsWorkbook', '疑点清单（.xlsx）', 'xlsx')
  findingsWorkbook(
    @Query(validated(FindingsExportParameters)) query: FindingsExportParameters,
  ): Promise<StreamableFile> {
    return this.findings(query, 'xlsx');
  }

  @Get('findings.csv')
  @Downloads('exportFindingsText', '疑点清单（.csv）', 'csv')
  findingsText(
    @Query(validated(FindingsExportParameters)) query: FindingsExportParameters,
  ): Promise<StreamableFile> {
    return this.findings(query, 'csv');
  }

  private async findings(query: FindingsExportParameters, format: ExportFormat): Promise<StreamableFile> {
    const { on = query.asEffectiveOn ?? chinaDay(new Date()), ...filter } = filterOf(query);
    const asked = { ...filter, on, limit: MAX_PAGE_SIZE };
    const findings = await allPages((cursor) =>
      this.queries.execute(new FindingsQuery({ ...asked, ...cursor }), query),
    );
    return download(findingsSheet(findings, asked), format);
  }

  private async ledger(query: LedgerExportParameters, format: ExportFormat): Promise<StreamableFile> {
    const { unit, groupBy = [], ...filter } = filterOf(query);
    const ledger = await this.queries.execute(new LedgerQuery({ groupBy, ...filter }, ROWS_OF_A_FILE), query);
    return download(await ledgerSheet(ledger, filter, unit), format);
  }

  private async projectList(
    query: ProjectListExportParameters,
    format: ExportFormat,
  ): Promise<StreamableFile> {
    const { unit, list, ...rest } = filterOf(query);
    const filter = registerFilterOf(rest);
    const asked = { ...filter, limit: MAX_PAGE_SIZE };
    const projects = await allPages((cursor) =>
      this.queries.execute(new ListProjectsQuery({ ...asked, ...cursor }), query),
    );
    const shape = { ...(list !== undefined && { list }), ...(unit && { unit }), asOf: filter };
    return download(projectListSheet(projects, shape), format);
  }
}
