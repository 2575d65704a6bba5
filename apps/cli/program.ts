import { Command } from 'commander';
import { addAgeing } from './commands/ageing.js';
import { addAnchor } from './commands/anchor.js';
import { addAudit } from './commands/audit.js';
import { addBalances } from './commands/balances.js';
import { addCarryForward } from './commands/carry-forward.js';
import { addBreakdown } from './commands/breakdown.js';
import { addCircular } from './commands/circular.js';
import { addCloseYear } from './commands/close-year.js';
import { addDemo } from './commands/demo.js';
import { addEvaluate } from './commands/evaluate.js';
import { addEvaluations } from './commands/evaluations.js';
import { addEvents } from './commands/events.js';
import { addExportBundle } from './commands/export-bundle.js';
import { addFindings } from './commands/findings.js';
import { addGenerate } from './commands/generate.js';
import { addImport } from './commands/import.js';
import { addImportPlan } from './commands/import-plan.js';
import { addImports } from './commands/imports.js';
import { addIndicators } from './commands/indicators.js';
import { addJournal } from './commands/journal.js';
import { addLedger } from './commands/ledger.js';
import { addPlanDocuments } from './commands/plan-documents.js';
import { addPlans } from './commands/plans.js';
import { addProjects } from './commands/projects.js';
import { addReallocate } from './commands/reallocate.js';
import { addReallocations } from './commands/reallocations.js';
import { addRebuild } from './commands/rebuild.js';
import { addReconcile } from './commands/reconcile.js';
import { addRuleSets } from './commands/rule-sets.js';
import { addReportTask } from './commands/report-task.js';
import { addServe } from './commands/serve.js';
import { addSigningKey } from './commands/signing-key.js';
import { addStatistics } from './commands/statistics.js';
import { addTargets } from './commands/targets.js';
import { addTasks } from './commands/tasks.js';
import { addTrace } from './commands/trace.js';
import { addTrajectory } from './commands/trajectory.js';
import { addVerify } from './commands/verify.js';
import { addVerifyBundle } from './commands/verify-bundle.js';
import { addYearlyCounts } from './commands/yearly-counts.js';
import { displayWidth } from '#libs/kernel/text.js';
import type { CliContext } from './context.js';
import { EXIT_CODES_HELP } from './exit-codes.js';

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

const ENVIRONMENT_HELP = `
环境变量：
  EVENT_STORE   事件库：postgres://… 或 esdb://…（未设则用 DATABASE_URL）
  DATABASE_URL  读模型：postgres://…（均未设则在 DATA_DIR 启动内嵌 PostgreSQL）
  DATA_DIR      内嵌数据库的目录（默认 .data）
  SIGNING_KEY   为审计链的锚签名的 Ed25519 私钥（PEM 文件的路径；内嵌数据库自动生成一个）
  PORT          serve、demo 的端口（默认 3000）
  NO_COLOR      不用颜色`;

/** The `taizhang` command with all its subcommands. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('taizhang')
    .description('“一老一小”重大项目台账：每一步都有记录，每一个数字都可追溯')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示某个命令的帮助')
    .addHelpText('after', `${ENVIRONMENT_HELP}\n${EXIT_CODES_HELP}`)
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, displayWidth })
    .configureOutput({
      writeOut: (text) => context.terminal.out(text),
      writeErr: (text) => context.terminal.err(text),
      outputError: () => undefined,
    })
    // A command with subcommands may have options of the same names: each gets its own.
    .enablePositionalOptions()
    .exitOverride();
  const adders = [
    addImport,
    addImports,
    addProjects,
    addLedger,
    addJournal,
    addBalances,
    addPlanDocuments,
    addTrace,
    addAgeing,
    addYearlyCounts,
    addImportPlan,
    addPlans,
    addTargets,
    addTrajectory,
    addTasks,
    addBreakdown,
    addReportTask,
    addIndicators,
    addEvents,
    addFindings,
    addRuleSets,
    addEvaluate,
    addEvaluations,
    addCircular,
    addCarryForward,
    addCloseYear,
    addReallocate,
    addReallocations,
    addReconcile,
    addStatistics,
    addAnchor,
    addVerify,
    addExportBundle,
    addVerifyBundle,
    addSigningKey,
    addRebuild,
    addAudit,
    addServe,
    addGenerate,
    addDemo,
  ];
  for (const add of adders) add(program, context);
  for (const command of program.commands)
    command.helpOption('-h, --help', '显示帮助').copyInheritedSettings(program);
  for (const nested of program.commands.flatMap(({ commands }) => commands))
    nested.helpOption('-h, --help', '显示帮助');
  return program;
}
