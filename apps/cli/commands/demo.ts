import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { LedgerQuery } from '#libs/read-models/ledger/queries.js';
import { TrajectoryQuery } from '#libs/read-models/plans/queries.js';
import { YearlyCountsQuery } from '#libs/read-models/yearly-counts/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { ListProjectsQuery } from '#libs/read-models/register/queries.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { loadPlanDocuments, loadPrefecture } from '#libs/sample/load-prefecture.js';
import { projectCount } from '#libs/sample/prefecture.js';
import type { CliContext } from '../context.js';
import { renderTable, type Table } from '../output/table.js';
import { startProgress } from '../progress.js';
import { Session } from '../session.js';
import { importSummary } from '../views/import-tables.js';
import { ledgerTable } from '../views/ledger-table.js';
import { projectList } from '../views/projects-table.js';
import { trajectoryLine } from '../views/trajectory-tables.js';
import { yearlyCountsTable } from '../views/yearly-counts-table.js';
import { listen, untilInterrupted } from './serve.js';

const LIST = { fileName: 'liangshan-major-projects.xlsx', region: '513400', issued: '2023-12-15' };
const PLAN = { id: '513400-2023-2025', files: ['liangshan-indicators.csv', 'liangshan-tasks.csv'] };
const SAMPLE = { region: '990100', options: { counties: 5, years: 6, seed: 1 }, from: 2021, to: 2026 };
/** Nobody: the name says that it is the demo that records. */
const DEMO_ACTOR: Actor = {
  user: '演示用户',
  unit: '演示单位',
  role: 'DevelopmentReform',
  region: LIST.region,
};

interface Options {
  exit?: true;
  samplePrefecture?: true;
}

export function addDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('演示：导入已公布的清单，列出台账与年度数，并启动 HTTP 服务')
    .option('--exit', '列出之后即退出，不启动服务')
    .option('--sample-prefecture', '另外载入虚构的示例州')
    .action(async (options: Options) => {
      const config = readConfig(context.env);
      const platform = await openPlatform(config);
      const session = await Session.open(platform);
      try {
        await show(context, session, options);
        if (options.exit || context.signal.aborted) return;
        const server = await listen(platform, config);
        context.terminal.out(whereToLook(server.url));
        await untilInterrupted(context.signal);
        context.terminal.err('\n正在停止……\n');
        await server.close();
      } finally {
        await session.close();
      }
    });
}

async function show(context: CliContext, session: Session, options: Options): Promise<void> {
  const print = (table: Table) => context.terminal.out(`${renderTable(table, context.terminal.colours)}\n`);
  print(await importList(session));
  const { items } = await session.query(new ListProjectsQuery({ region: LIST.region, limit: MAX_PAGE_SIZE }));
  print(projectList(items, '万元'));
  for (const table of await figures(session, LIST.region, 2023, 2025)) print(table);
  context.terminal.out(`${await planLine(session)}\n\n`);
  if (!options.samplePrefecture || context.signal.aborted) return;
  context.terminal.out(await loadSample(context, session));
  for (const table of await figures(session, SAMPLE.region, SAMPLE.from, SAMPLE.to)) print(table);
}

const sample = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../../../samples/${name}`, import.meta.url));

async function importList(session: Session): Promise<Table> {
  const bytes = await sample(LIST.fileName);
  const { fileName, region, issued } = LIST;
  const { report } = await session.importer.import({
    bytes,
    fileName,
    region,
    effectiveDate: issued,
    actor: DEMO_ACTOR,
    dryRun: false,
  });
  const recorded = report.rows.reduce((sum, { events }) => sum + events.length, 0);
  const warnings = report.rows.reduce((sum, row) => sum + row.warnings.length, 0);
  const summary = importSummary(report);
  const hint = `各行提示 ${warnings} 条，见 npx taizhang import samples/${fileName} --dry-run`;
  return { ...summary, notes: [...(summary.notes ?? []), `本次记录事件 ${recorded} 条；${hint}`] };
}

/** The plan that the list belongs to, and where it stands. */
async function planLine(session: Session): Promise<string> {
  for (const fileName of PLAN.files) {
    const bytes = await sample(`plans/${fileName}`);
    await session.planImporter.import({ bytes, fileName, actor: DEMO_ACTOR, dryRun: false });
  }
  const asked = { planId: PLAN.id, indicator: 'placesPerThousand' };
  return trajectoryLine(await session.query(new TrajectoryQuery(asked)));
}

async function loadSample(context: CliContext, session: Session): Promise<string> {
  const progress = startProgress(context.terminal, '示例州', projectCount(SAMPLE.options));
  try {
    const loaded = await loadPrefecture(session.store, SAMPLE.options, (done) => progress.update(done));
    const documents = await loadPlanDocuments(session.store, SAMPLE.options);
    const { projects, events, alreadyStored } = loaded;
    const repeated = alreadyStored > 0 ? `，其中 ${alreadyStored} 条此前已有，未重复记录` : '';
    return `示例州（虚构）：${projects} 个项目、${events} 条事件${repeated}，投资计划 ${documents} 份。\n\n`;
  } finally {
    progress.stop();
  }
}

async function figures(session: Session, region: string, from: number, to: number): Promise<Table[]> {
  const ledgers = [];
  for (const dimension of ['category', 'plannedUseYear', 'source'] as const) {
    const ledger = await session.query(new LedgerQuery({ region, groupBy: [dimension] }));
    ledgers.push(ledgerTable(ledger, '万元'));
  }
  const counts = await session.query(new YearlyCountsQuery({ region, from, to }));
  return [...ledgers, yearlyCountsTable(counts)];
}

function whereToLook(url: string): string {
  return `HTTP 服务：${url}
  接口说明  ${url}/docs（OpenAPI：${url}/openapi.json）
  试一试    curl '${url}/api/v1/ledger?groupBy=category&region=${LIST.region}'
  另开终端  npx taizhang projects --region ${LIST.region}
按 Ctrl-C 停止。
`;
}
