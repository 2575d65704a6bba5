import type { Command } from 'commander';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { YearlyCountsQuery } from '#libs/read-models/yearly-counts/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, year, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { yearlyCountsCsv, yearlyCountsTable } from '../views/yearly-counts-table.js';

interface Options extends AsOfOptions, FormatOptions {
  region?: string;
  from: number;
  to: number;
  category?: ProjectCategory;
  groupBy: 'region' | 'category' | 'none';
}

const GROUPS = { region: '地区', category: '项目类型', none: '不分组' };

export function addYearlyCounts(program: Command, context: CliContext): void {
  const thisYear = new Date().getFullYear();
  const command = program
    .command('yearly-counts')
    .description('床位、托位年度数：计划投用（区间、未知）与实际投用、年末存量')
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--from <年>', '起始年', year, thisYear - 3)
    .option('--to <年>', '截止年', year, thisYear)
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--group-by <分组>', 'region、category 或 none', oneOf(GROUPS), 'none');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { json, csv, ...params } = options;
    await context.withReads(async (session) => {
      const counts = await session.query(new YearlyCountsQuery(given(params)));
      const table = csv ? yearlyCountsCsv(counts) : yearlyCountsTable(counts);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, counts, [table]);
    });
  });
}
