import type { Command } from 'commander';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import type { YearClosing } from '#libs/projects/application/year-closer.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { startProgress } from '../progress.js';
import { closingTables } from '../views/closing-tables.js';

interface Options extends ActorOptions, FormatOptions {
  region: string;
  year: number;
  effective?: string;
}

export function addCloseYear(program: Command, context: CliContext): void {
  const command = program
    .command('close-year')
    .description('关闭一个地区所有项目的预算年度，由财政办理；中断后再运行一次即可完成，不会重复关账')
    .requiredOption('--region <代码>', '行政区划代码，含其下各级', region)
    .requiredOption('--year <年>', '预算年度', year)
    .option('--effective <日期>', '关账的业务日期：年、年-月或年-月-日（默认今天）');
  addActorOptions(addFormatOptions(command)).action(async (options: Options) => {
    const { effective } = options;
    const request = {
      region: options.region,
      year: options.year,
      actor: readActor(options, context.env),
      ...(effective !== undefined && { effectiveDate: parsePartialDate(effective) }),
    };
    await context.withSession(async ({ yearCloser }) => {
      const progress = startProgress(context.terminal, '关账', 0);
      try {
        const { closing } = await yearCloser.close(request, (done, total) => progress.update(done, total));
        progress.stop();
        print(context, options, closing);
      } finally {
        progress.stop();
      }
    });
  });
}

function print(context: CliContext, options: Options, closing: YearClosing): void {
  const [summary, refused] = closingTables(closing);
  const tables = options.csv ? [refused] : [summary, ...(closing.refused.length > 0 ? [refused] : [])];
  printResult(context.terminal, options, closing, tables);
  if (closing.refused.length > 0) context.exitCode = EXIT.rowsHeld;
}
