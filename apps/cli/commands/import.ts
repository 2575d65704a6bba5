import path from 'node:path';
import type { Command } from 'commander';
import type { MoneyUnit } from '#libs/kernel/money.js';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { ImportReport } from '#libs/exchange/report/report.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { oneOf, region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { startProgress } from '../progress.js';
import { readBytes } from '../read-bytes.js';
import { regionOfTitle } from '../title-region.js';
import { importRows, importSummary } from '../views/import-tables.js';

interface Options extends ActorOptions, FormatOptions {
  dryRun?: true;
  region?: string;
  effective?: string;
  unit?: MoneyUnit;
}

const UNITS: Record<MoneyUnit, string> = { 元: '元', 万元: '万元', 亿元: '亿元' };

export function addImport(program: Command, context: CliContext): void {
  const command = program
    .command('import')
    .description('导入项目清单(.xlsx 或 .csv);同一文件再次导入不会重复记录')
    .argument('<文件>')
    .option('--dry-run', '试导入:逐行报告将记录什么,不记录任何内容')
    .option('--region <代码>', '清单所属地区;标题写明一个市(州)时可省略', region)
    .option('--effective <日期>', '清单的业务日期:年、年-月或年-月-日(默认今天)')
    .option('--unit <单位>', '文件未写明时的金额单位', oneOf(UNITS));
  addActorOptions(addFormatOptions(command)).action(async (file: string, options: Options) => {
    const bytes = await readBytes(file);
    const fileName = path.basename(file);
    const request = {
      bytes,
      fileName,
      region: options.region ?? regionOfTitle(await readTable(bytes, fileName), fileName),
      actor: readActor(options, context.env),
      dryRun: options.dryRun ?? false,
      ...(options.unit !== undefined && { unit: options.unit }),
      ...(options.effective !== undefined && { effectiveDate: parsePartialDate(options.effective) }),
    };
    await context.withSession(async ({ importer }) => {
      const progress = startProgress(context.terminal, '导入', 0);
      try {
        const { report } = await importer.import(request, ({ done, total }) => progress.update(done, total));
        progress.stop();
        print(context, options, report);
      } finally {
        progress.stop();
      }
    });
  });
}

function print(context: CliContext, options: Options, report: ImportReport): void {
  const rows = importRows(report, options.csv ?? false);
  const tables = options.csv ? [rows] : [importSummary(report), ...(rows.rows.length > 0 ? [rows] : [])];
  printResult(context.terminal, options, report, tables);
  if (report.outcomes.held > 0) context.exitCode = EXIT.rowsHeld;
}
