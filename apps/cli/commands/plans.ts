import type { Command } from 'commander';
import { allPages } from '#libs/read-models/all-pages.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { PlansQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, region, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { plansTable } from '../views/plan-tables.js';

type Options = AsOfOptions & FormatOptions & { region?: string };

export function addPlans(program: Command, context: CliContext): void {
  const command = program
    .command('plans')
    .description('方案（整体解决方案）及所登记的内容')
    .option('--region <代码>', '行政区划代码，含其下各级', region);
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const items = await allPages((cursor) =>
        session.query(new PlansQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items }, [plansTable(items)]);
    });
  });
}
