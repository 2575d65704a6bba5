import type { Command } from 'commander';
import { FUNDING_SOURCES, PROJECT_CATEGORIES, PROJECT_STAGES } from '#libs/projects/domain/vocabulary.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { ListProjectsQuery, type ProjectFilter } from '#libs/read-models/register/queries.js';
import type { CliContext } from '../context.js';
import { given, oneOf, region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { allPages } from '../pages.js';
import { projectsTable } from '../views/projects-table.js';

type Options = ProjectFilter & FormatOptions & { yuan?: true };

export function addProjects(program: Command, context: CliContext): void {
  const command = program
    .command('projects')
    .description('项目名册')
    .option('--region <代码>', '行政区划代码,含其下各级', region)
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--stage <阶段>', '所处阶段', oneOf(PROJECT_STAGES))
    .option('--planned-use-year <年>', '计划投入使用年份', year)
    .option('--listed-year <年>', '列入该年度重大项目清单', year)
    .option('--source <来源>', '有此来源的资金计划', oneOf(FUNDING_SOURCES))
    .option('--q <文字>', '名称、地点、实施单位或代码中的文字')
    .option('--yuan', '金额以元列示(默认万元)');
  addFormatOptions(command).action(async (options: Options) => {
    const { yuan, json, csv, ...filter } = options;
    await context.withSession(async (session) => {
      const projects = await allPages((cursor) =>
        session.query(new ListProjectsQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      const table = projectsTable(projects, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items: projects }, [table]);
    });
  });
}
