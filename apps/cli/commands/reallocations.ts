import type { Command } from 'commander';
import { allPages } from '#libs/read-models/all-pages.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import {
  REALLOCATION_STATES,
  ReallocationsQuery,
  type ReallocationState,
} from '#libs/read-models/reallocations/queries.js';
import type { AsOf } from '#libs/read-models/views.js';
import type { CliContext } from '../context.js';
import { given, oneOf, region, uuid } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { reallocationsTable } from '../views/reallocation-table.js';

type Options = AsOf & { state?: ReallocationState; region?: string; projectId?: string } & FormatOptions;

/** `taizhang reallocations`: every pair with both sides; `--state 只有一半` is what rule M14 finds. */
export function addReallocations(program: Command, context: CliContext): void {
  const command = program
    .command('reallocations')
    .description('项目间资金调剂，成对列出；只登记了一方的见 --state 只有一半')
    .option('--state <状态>', Object.values(REALLOCATION_STATES).join('、'), oneOf(REALLOCATION_STATES))
    .option('--region <代码>', '任一项目所在的行政区划代码，含其下各级', region)
    .option('--project-id <标识>', '调出或调入的项目', uuid)
    .option('--as-known-at <时刻>', '只计在此时刻以前记录的（ISO 8601）')
    .option('--as-effective-on <日期>', '只计在此日以前生效的（YYYY-MM-DD）');
  addFormatOptions(command).action(async (options: Options) => {
    const { json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const items = await allPages((cursor) =>
        session.query(new ReallocationsQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      const format = given({ json, csv }) as FormatOptions;
      printResult(context.terminal, format, { items }, [reallocationsTable(items)]);
    });
  });
}
