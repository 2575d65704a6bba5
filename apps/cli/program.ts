import { Command } from 'commander';
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

/** In the order of the help. A command is loaded where it is asked for, and need not wait for what the others import. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command, context: CliContext) => void>>> = {
  import: async () => (await import('./commands/import.js')).addImport,
  imports: async () => (await import('./commands/imports.js')).addImports,
  projects: async () => (await import('./commands/projects.js')).addProjects,
  ledger: async () => (await import('./commands/ledger.js')).addLedger,
  journal: async () => (await import('./commands/journal.js')).addJournal,
  balances: async () => (await import('./commands/balances.js')).addBalances,
  'plan-documents': async () => (await import('./commands/plan-documents.js')).addPlanDocuments,
  trace: async () => (await import('./commands/trace.js')).addTrace,
  ageing: async () => (await import('./commands/ageing.js')).addAgeing,
  'yearly-counts': async () => (await import('./commands/yearly-counts.js')).addYearlyCounts,
  'import-plan': async () => (await import('./commands/import-plan.js')).addImportPlan,
  plans: async () => (await import('./commands/plans.js')).addPlans,
  targets: async () => (await import('./commands/targets.js')).addTargets,
  trajectory: async () => (await import('./commands/trajectory.js')).addTrajectory,
  tasks: async () => (await import('./commands/tasks.js')).addTasks,
  breakdown: async () => (await import('./commands/breakdown.js')).addBreakdown,
  'report-task': async () => (await import('./commands/report-task.js')).addReportTask,
  indicators: async () => (await import('./commands/indicators.js')).addIndicators,
  events: async () => (await import('./commands/events.js')).addEvents,
  findings: async () => (await import('./commands/findings.js')).addFindings,
  'rule-sets': async () => (await import('./commands/rule-sets.js')).addRuleSets,
  evaluate: async () => (await import('./commands/evaluate.js')).addEvaluate,
  evaluations: async () => (await import('./commands/evaluations.js')).addEvaluations,
  circular: async () => (await import('./commands/circular.js')).addCircular,
  'carry-forward': async () => (await import('./commands/carry-forward.js')).addCarryForward,
  'close-year': async () => (await import('./commands/close-year.js')).addCloseYear,
  reallocate: async () => (await import('./commands/reallocate.js')).addReallocate,
  reallocations: async () => (await import('./commands/reallocations.js')).addReallocations,
  reconcile: async () => (await import('./commands/reconcile.js')).addReconcile,
  statistics: async () => (await import('./commands/statistics.js')).addStatistics,
  anchor: async () => (await import('./commands/anchor.js')).addAnchor,
  verify: async () => (await import('./commands/verify.js')).addVerify,
  'export-bundle': async () => (await import('./commands/export-bundle.js')).addExportBundle,
  'verify-bundle': async () => (await import('./commands/verify-bundle.js')).addVerifyBundle,
  'signing-key': async () => (await import('./commands/signing-key.js')).addSigningKey,
  rebuild: async () => (await import('./commands/rebuild.js')).addRebuild,
  audit: async () => (await import('./commands/audit.js')).addAudit,
  serve: async () => (await import('./commands/serve.js')).addServe,
  generate: async () => (await import('./commands/generate.js')).addGenerate,
  demo: async () => (await import('./commands/demo.js')).addDemo,
};

/** The `taizhang` command with the subcommand that the words begin with, or else with all of them. */
export async function buildProgram(context: CliContext, words: readonly string[]): Promise<Command> {
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
  const asked =
    words[0] !== undefined && Object.hasOwn(COMMANDS, words[0]) ? [words[0]] : Object.keys(COMMANDS);
  for (const name of asked) (await COMMANDS[name]!())(program, context);
  for (const command of program.commands)
    command.helpOption('-h, --help', '显示帮助').copyInheritedSettings(program);
  for (const nested of program.commands.flatMap(({ commands }) => commands))
    nested.helpOption('-h, --help', '显示帮助');
  return program;
}
