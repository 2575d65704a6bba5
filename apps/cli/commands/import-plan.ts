import path from 'node:path';
import type { Command } from 'commander';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { readBytes } from '../read-bytes.js';
import { planImportRows, planImportSummary } from '../views/plan-import-tables.js';

interface Options extends ActorOptions, FormatOptions {
  dryRun?: true;
  effective?: string;
}

export function addImportPlan(program: Command, context: CliContext): void {
  const command = program
    .command('import-plan')
    .description('导入方案的指标、任务或分县分解（.xlsx 或 .csv）；没有变化则不记录')
    .argument('<文件>')
    .option('--dry-run', '试导入：逐行报告将记录什么，不记录任何内容')
    .option('--effective <日期>', '方案的业务日期（默认取文件所写的印发日期，没有则为今天）');
  addActorOptions(addFormatOptions(command)).action(async (file: string, options: Options) => {
    const request = {
      bytes: await readBytes(file),
      fileName: path.basename(file),
      actor: readActor(options, context.env),
      dryRun: options.dryRun ?? false,
      ...(options.effective !== undefined && { effectiveDate: parsePartialDate(options.effective) }),
    };
    await context.withSession(async ({ planImporter }) => {
      const { report } = await planImporter.import(request);
      const rows = planImportRows(report, options.csv ?? false);
      const tables = options.csv
        ? [rows]
        : [planImportSummary(report), ...(rows.rows.length > 0 ? [rows] : [])];
      printResult(context.terminal, options, report, tables);
      if (report.outcomes.held > 0) context.exitCode = EXIT.rowsHeld;
    });
  });
}
