import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PROJECT_COLUMNS, projectsSheet, type ProjectColumn } from '#libs/exchange/export/projects-sheet.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import {
  ProjectTotalsQuery,
  ProjectWindowQuery,
  type ProjectRow,
} from '#libs/read-models/register/queries.js';
import { ProjectsExportParameters } from '../dto/exports.js';
import { registerFilterOf } from '../dto/project-queries.js';
import { filterOf } from '../dto/queries.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { download, Downloads, type ExportFormat } from './download.js';

const ALL_COLUMNS = Object.keys(PROJECT_COLUMNS) as ProjectColumn[];

/** The table of projects as it stands on a screen: same filter, same order, same columns. */
@ApiTags('导出')
@Controller('exports')
export class ProjectExportsController {
  constructor(private readonly queries: ReadBus) {}

  @Get('projects.xlsx')
  @Downloads('exportProjectsWorkbook', '项目一览（.xlsx）：所见即所得', 'xlsx')
  workbook(
    @Query(validated(ProjectsExportParameters)) query: ProjectsExportParameters,
  ): Promise<StreamableFile> {
    return this.projects(query, 'xlsx');
  }

  @Get('projects.csv')
  @Downloads('exportProjectsText', '项目一览（.csv）：所见即所得', 'csv')
  text(@Query(validated(ProjectsExportParameters)) query: ProjectsExportParameters): Promise<StreamableFile> {
    return this.projects(query, 'csv');
  }

  private async projects(query: ProjectsExportParameters, format: ExportFormat): Promise<StreamableFile> {
    const { unit, columns = ALL_COLUMNS, sort = 'entered', descending = false, ...rest } = filterOf(query);
    const filter = registerFilterOf(rest);
    const { total: sums } = await this.queries.execute(
      new ProjectTotalsQuery({ ...filter, groupBy: 'none' }),
      query,
    );
    const projects: ProjectRow[] = [];
    for (let offset = 0; offset < sums.projects; offset += MAX_PAGE_SIZE) {
      const window = { ...filter, offset, limit: MAX_PAGE_SIZE, sort, descending };
      projects.push(...(await this.queries.execute(new ProjectWindowQuery(window), query)).items);
    }
    return download(projectsSheet(projects, sums, { columns, asOf: filter, ...(unit && { unit }) }), format);
  }
}
