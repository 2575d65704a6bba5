import type { Command } from 'commander';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import type { YearCarrying } from '#libs/projects/application/year-carrier.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { startProgress } from '../progress.js';
import { carryingTables } from '../views/carrying-tables.js';

interface Options extends ActorOptions, FormatOptions {
  region: string;
  year: number;
  document: string;
  effective?: string;
  dryRun?: true;
}

/** `taizhang carry-forward`: 结转, of all projects of a region at once. */
export function addCarryForward(program: Command, context: CliContext): void {
  const command = program
    .command('carry-forward')
    .description('把一个地区所有项目某预算年度未用完的资金结转下年；中断后再运行一次即可完成，不会重复结转')
    .requiredOption('--region <代码>', '行政区划代码，含其下各级', region)
    .requiredOption('--year <年>', '预算年度；结转到下一年', year)
    .requiredOption('--document <文号>', '结转文号')
    .option('--effective <日期>', '结转的业务日期：年、年-月或年-月-日（默认今天）')
    .option('--dry-run', '只列出将会结转的资金，不记录');
  addActorOptions(addFormatOptions(command)).action(async (options: Options) => {
    const { effective } = options;
    const request = {
      region: options.region,
      year: options.year,
      documentNumber: options.document,
      dryRun: options.dryRun === true,
      actor: readActor(options, context.env),
      ...(effective !== undefined && { effectiveDate: parsePartialDate(effective) }),
    };
    await context.withSession(async ({ yearCarrier }) => {
      const progress = startProgress(context.terminal, '结转', 0);
      try {
        const { carrying } = await yearCarrier.carry(request, (done, total) => progress.update(done, total));
        progress.stop();
        print(context, options, carrying);
      } finally {
        progress.stop();
      }
    });
  });
}

function print(context: CliContext, options: Options, carrying: YearCarrying): void {
  const { summary, amounts, refused } = carryingTables(carrying);
  const some = [amounts, refused].filter(({ rows }) => rows.length > 0);
  const json = {
    ...carrying,
    amounts: carrying.amounts.map(({ fen, ...amount }) => ({ ...amount, amountFen: fen.toString() })),
  };
  printResult(context.terminal, options, json, options.csv ? [amounts] : [summary, ...some]);
  if (carrying.refused.length > 0) context.exitCode = EXIT.rowsHeld;
}
