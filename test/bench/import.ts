import 'reflect-metadata';
import { caughtUp } from '#libs/runtime/caught-up.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { Session } from '../../apps/cli/session.js';
import type { BenchRow } from './append.js';

const ROWS = 10_000;
const CATCH_UP_PATIENCE_MS = 600_000;
const HEADER = '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';

/**
 * A list of 示例州 from the file's bytes to events: with the projections in a process of their own (here: none runs),
 * with projections beside it as in a small bureau's server, and the same file once more, which records nothing.
 * @param raw speed of the raw insert to compare with, events a second
 */
export async function benchImport(connectionString: string, raw: BenchRow | undefined): Promise<BenchRow[]> {
  const alone = await openSession(connectionString, false);
  const first = await importOf(alone, aList('甲'));
  await alone.close();
  const session = await openSession(connectionString, true);
  const beside = await importOf(session, aList('乙'));
  const again = await importOf(session, aList('乙'));
  await session.close();
  if (again.events !== 0) throw new Error(`the same file recorded ${again.events} events again`);
  const row = (name: string, { events, seconds }: Imported): BenchRow => {
    const perSecond = events / seconds;
    return { name, perSecond, ...(raw && { ratioTo: { name: raw.name, ratio: perSecond / raw.perSecond } }) };
  };
  return [
    row(`import of ${ROWS} rows, events`, first),
    row(`import of ${ROWS} rows, projections in the same process, events`, beside),
    { name: `import of the same ${ROWS} rows again, rows`, perSecond: ROWS / again.seconds },
  ];
}

async function openSession(databaseUrl: string, runProjections: boolean): Promise<Session> {
  const config = {
    eventStore: undefined,
    databaseUrl,
    dataDir: '',
    host: '127.0.0.1',
    port: 0,
    runProjections,
  };
  const session = await Session.open(await openPlatform(config));
  if (runProjections) await caughtUp(session.projections, CATCH_UP_PATIENCE_MS);
  return session;
}

interface Imported {
  events: number;
  seconds: number;
}

async function importOf(session: Session, bytes: Uint8Array): Promise<Imported> {
  const start = performance.now();
  const { report } = await session.importer.import({
    bytes,
    fileName: 'bench.csv',
    region: '990100',
    actor: { user: '示例经办人', unit: '示例单位', role: 'DevelopmentReform', region: '990100' },
    dryRun: false,
  });
  const events = report.rows.reduce((sum, { events }) => sum + events.length, 0);
  return { events, seconds: (performance.now() - start) / 1000 };
}

function aList(mark: string): Uint8Array {
  const lines = [`示例州${mark}清单(单位:万元)`, HEADER];
  for (let n = 1; n <= ROWS; n++) {
    const county = `示例${(n % 99) + 1}县`;
    lines.push(
      `${n},${county}示例颐养院${mark}${n}号项目,养老,${2024 + (n % 3)}年,${county}示例乡,床位${50 + (n % 100)}张,` +
        `${100 + n},${100 + n},${county}示例民政局`,
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
