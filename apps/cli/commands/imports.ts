import type { Command } from 'commander';
import { allPages } from '#libs/read-models/all-pages.js';
import { ImportsQuery } from '#libs/read-models/imports/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import type { CliContext } from '../context.js';
import { given, region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { importsTable } from '../views/import-tables.js';

type Options = { region?: string } & FormatOptions;

export function addImports(program: Command, context: CliContext): void {
  const command = program
    .command('imports')
    .description('导入过的项目清单，新的在前')
    .option('--region <代码>', '清单所属地区，含其下各级', region);
  addFormatOptions(command).action(async (options: Options) => {
    const { json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const items = await allPages((cursor) =>
        session.query(new ImportsQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items }, [importsTable(items)]);
    });
  });
}
