import path from 'node:path';
import type { Command } from 'commander';
import type { MoneyUnit } from '#libs/kernel/money.js';
import type { ReconciledKind } from '#libs/reconciliation/domain/events.js';
import { RECONCILED_KINDS } from '#libs/reconciliation/domain/vocabulary.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { oneOf, region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { decisionsWith, namedRows, type NamedRow } from '../pair-choices.js';
import { readBytes } from '../read-bytes.js';
import { reconciliationTables } from '../views/reconciliation-tables.js';

interface Options extends ActorOptions, FormatOptions {
  dryRun?: true;
  region: string;
  project?: string;
  from?: string;
  to?: string;
  only?: ReconciledKind;
  confirm?: NamedRow[];
  reject?: NamedRow[];
  unit?: MoneyUnit;
}

const UNITS: Record<MoneyUnit, string> = { 元: '元', 万元: '万元', 亿元: '亿元' };

export function addReconcile(program: Command, context: CliContext): void {
  const command = program
    .command('reconcile')
    .description('财政对账单（.xlsx 或 .csv）与台账的支付、到位逐笔核对，并记录结果')
    .argument('<文件>')
    .requiredOption('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--dry-run', '试对账：列出结果，不记录任何内容')
    .option('--project <标识>', '只与此项目对账')
    .option('--from <日期>', '期间的第一天（默认对账单最早的日期；更早的台账记录不核对）')
    .option('--to <日期>', '期间的最后一天（默认对账单最晚的日期；更晚的台账记录不核对）')
    .option('--only <种类>', '对账单只列支付或只列到位', oneOf(RECONCILED_KINDS))
    .option('--confirm <行号>', '确认这些行的建议匹配，如 5,7；记入对账结果', namedRows)
    .option('--reject <行号>', '否定这些行的匹配：不是同一笔', namedRows)
    .option('--unit <单位>', '文件未写明时的金额单位', oneOf(UNITS));
  addActorOptions(addFormatOptions(command)).action(async (file: string, options: Options) => {
    const { project: projectId, from, to, unit, only } = options;
    const request = {
      bytes: await readBytes(file),
      fileName: path.basename(file),
      region: options.region,
      actor: readActor(options, context.env),
      dryRun: options.dryRun ?? false,
      ...(projectId !== undefined && { projectId }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(unit !== undefined && { unit }),
      ...(only !== undefined && { kinds: [only] }),
    };
    await context.withSession(async ({ reconciler }) => {
      const { confirm, reject } = options;
      const tried = (confirm ?? reject) && (await reconciler.reconcile({ ...request, dryRun: true })).report;
      const decisions = tried && decisionsWith(tried, { confirmed: confirm ?? [], rejected: reject ?? [] });
      const { report } = await reconciler.reconcile({ ...request, ...(decisions && { decisions }) });
      const { summary, balances, pairs, statementOnly, ledgerOnly } = reconciliationTables(report, from);
      const details = [pairs, statementOnly, ledgerOnly].filter(({ rows }) => rows.length > 0);
      printResult(context.terminal, options, report, options.csv ? [pairs] : [summary, balances, ...details]);
    });
  });
}
