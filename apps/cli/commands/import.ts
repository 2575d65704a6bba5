import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { MoneyUnit } from '#libs/kernel/money.js';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { IGNORED } from '#libs/exchange/project-list/meanings.js';
import type { ColumnReading } from '#libs/exchange/project-list/readings.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { ImportReport } from '#libs/exchange/report/report.js';
import { addActorOptions, readActor, readTrialActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { oneOf, region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { startProgress } from '../progress.js';
import { readBytes } from '../read-bytes.js';
import { regionOfTitle } from '../title-region.js';
import { importColumns, importRows, importSummary } from '../views/import-tables.js';

interface Options extends ActorOptions, FormatOptions {
  dryRun?: true;
  region?: string;
  effective?: string;
  unit?: MoneyUnit;
  column: ColumnReading[];
  ignoreColumn: ColumnReading[];
}

const UNITS: Record<MoneyUnit, string> = { 元: '元', 万元: '万元', 亿元: '亿元' };

export function addImport(program: Command, context: CliContext): void {
  const command = program
    .command('import')
    .description('导入项目清单（.xlsx 或 .csv）；同一文件再次导入不会重复记录')
    .argument('<文件>')
    .option('--dry-run', '试导入：逐行报告将记录什么，不记录任何内容')
    .option('--region <代码>', '清单所属地区；标题写明一个市（州）时可省略', region)
    .option('--effective <日期>', '清单的业务日期：年、年-月或年-月-日（默认今天）')
    .option('--unit <单位>', '文件未写明时的金额单位', oneOf(UNITS))
    .option('--column <列=含义>', "列的含义，可多次；如 'F=总投资' 或 '清单!F=总投资'", addReading, [])
    .option('--ignore-column <列>', "不读取的列，可多次；如 'J' 或 '清单!J'", addIgnored, []);
  addActorOptions(addFormatOptions(command)).action(async (file: string, options: Options) => {
    const bytes = await readBytes(file);
    const fileName = path.basename(file);
    const region = options.region ?? regionOfTitle(await readTable(bytes, fileName), fileName);
    const request = {
      bytes,
      fileName,
      region,
      actor: options.dryRun ? readTrialActor(options, context.env, region) : readActor(options, context.env),
      dryRun: options.dryRun ?? false,
      columns: [...options.column, ...options.ignoreColumn],
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

const addReading = (text: string, before: ColumnReading[]): ColumnReading[] => {
  const [, sheet, column, meaning] = /^(?:(.+)!)?([A-Z]{1,3})=(.+)$/isu.exec(text) ?? [];
  if (!column || !meaning) throw new InvalidArgumentError("应为“列=含义”，如 'F=总投资' 或 '清单!F=总投资'");
  return [...before, { ...(sheet && { sheet }), column, meaning }];
};

const addIgnored = (text: string, before: ColumnReading[]): ColumnReading[] =>
  addReading(`${text}=${IGNORED}`, before);

function print(context: CliContext, options: Options, report: ImportReport): void {
  const rows = importRows(report, options.csv ?? false);
  const tables = options.csv
    ? [rows]
    : [
        importSummary(report),
        ...(report.dryRun ? [importColumns(report)] : []),
        ...(rows.rows.length > 0 ? [rows] : []),
      ];
  printResult(context.terminal, options, report, tables);
  if (report.outcomes.held > 0) context.exitCode = EXIT.rowsHeld;
}
