import type { Command } from 'commander';
import { FUNDING_SOURCES, PROJECT_CATEGORIES, PROJECT_STAGES } from '#libs/projects/domain/vocabulary.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { ListProjectsQuery, type ProjectFilter } from '#libs/read-models/register/queries.js';
import { projectListSheet } from '#libs/exchange/export/project-list-sheet.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { writeWorkbook } from '../output/write-workbook.js';
import { projectsTable } from '../views/projects-table.js';

type Options = ProjectFilter & FormatOptions & { yuan?: true; xlsx?: string; list?: string };

export function addProjects(program: Command, context: CliContext): void {
  const command = program
    .command('projects')
    .description('项目名册')
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--stage <阶段>', '所处阶段', oneOf(PROJECT_STAGES))
    .option('--planned-use-year <年>', '计划投入使用年份', year)
    .option('--listed-year <年>', '列入该年度重大项目清单', year)
    .option('--source <来源>', '有此来源的资金计划', oneOf(FUNDING_SOURCES))
    .option('--q <文字>', '名称、地点、实施单位或代码中的文字')
    .option('--xlsx <文件>', '写成 .xlsx：已发布清单的九列')
    .option('--list <标题>', '配合 --xlsx：只写列入此清单的项目')
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { yuan, json, csv, xlsx, list, ...filter } = options;
    await context.withReads(async (session) => {
      const projects = await allPages((cursor) =>
        session.query(new ListProjectsQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      const unit = yuan ? '元' : '万元';
      if (xlsx !== undefined) {
        const sheet = projectListSheet(projects, {
          ...(list !== undefined && { list }),
          ...{ unit, asOf: given(filter) },
        });
        return writeWorkbook(context, xlsx, sheet);
      }
      const table = projectsTable(projects, unit, csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items: projects }, [table]);
    });
  });
}
