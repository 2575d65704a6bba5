import type { Command } from 'commander';
import { allPages } from '#libs/read-models/all-pages.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { PlanTasksQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, planId, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { tasksTable } from '../views/plan-tables.js';

type Options = AsOfOptions & FormatOptions & { unit?: string };

export function addTasks(program: Command, context: CliContext): void {
  const command = program
    .command('tasks')
    .description('一份方案的任务分解：牵头、配合单位、时限和进展')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .option('--unit <文字>', '牵头或配合单位名称中的文字');
  addFormatOptions(addAsOfOptions(command)).action(async (id: string, options: Options) => {
    const { json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const items = await allPages((cursor) =>
        session.query(new PlanTasksQuery({ planId: id, ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items }, [tasksTable(items)]);
    });
  });
}
