import 'reflect-metadata';
import { openPlatform } from '#libs/runtime/platform.js';
import { Session } from '../../apps/cli/session.js';
import type { BenchRow } from './append.js';

const ROWS = 10_000;
const HEADER = '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';

/**
 * A list of 示例州 from the file's bytes to events, projections running beside it as they do in a server; and the same
 * file once more, which records nothing.
 * @param raw speed of the raw insert to compare with, events a second
 */
export async function benchImport(connectionString: string, raw: BenchRow | undefined): Promise<BenchRow[]> {
  const session = await Session.open(
    await openPlatform({
      eventStore: undefined,
      databaseUrl: connectionString,
      dataDir: '',
      host: '127.0.0.1',
      port: 0,
      runProjections: true,
    }),
  );
  const request = {
    bytes: aList(),
    fileName: 'bench.csv',
    region: '990100',
    actor: { user: '示例经办人', unit: '示例单位', role: 'DevelopmentReform', region: '990100' },
    dryRun: false,
  };
  const run = async () => {
    const start = performance.now();
    const { report } = await session.importer.import(request);
    const events = report.rows.reduce((sum, row) => sum + row.events.length, 0);
    return { events, seconds: (performance.now() - start) / 1000 };
  };
  const first = await run();
  const again = await run();
  await session.close();
  if (again.events !== 0) throw new Error(`the same file recorded ${again.events} events again`);
  const perSecond = first.events / first.seconds;
  const name = `import of ${ROWS} rows, events`;
  return [
    { name, perSecond, ...(raw && { ratioTo: { name: raw.name, ratio: perSecond / raw.perSecond } }) },
    { name: `import of the same ${ROWS} rows again, rows`, perSecond: ROWS / again.seconds },
  ];
}

function aList(): Uint8Array {
  const lines = ['示例州清单(单位:万元)', HEADER];
  for (let n = 1; n <= ROWS; n++) {
    const county = `示例${(n % 99) + 1}县`;
    lines.push(
      `${n},${county}示例颐养院${n}号项目,养老,${2024 + (n % 3)}年,${county}示例乡,床位${50 + (n % 100)}张,` +
        `${100 + n},${100 + n},${county}示例民政局`,
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
