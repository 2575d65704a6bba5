import 'reflect-metadata';
import pg from 'pg';
import { caughtUp } from '#libs/runtime/caught-up.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { Session } from '../../apps/cli/session.js';
import { median, type BenchRow } from './bench-row.js';
import { RAW_TABLE, smallEvent, smallRawBatch, wholeRawBatch, type RawEvent } from './raw-table.js';

const ROWS = 10_000;
const BATCH = 1_000;
/** The rivals take turns, and the median of the rounds counts: the machine is not always equally free. */
const ROUNDS = 3;
const CATCH_UP_PATIENCE_MS = 600_000;
const HEADER = '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';
const SAME = `raw unnest insert of ${BATCH}, the same events`;
const SMALL = `raw unnest insert of ${BATCH}, small events without metadata`;

const SAME_EVENTS = `
  select stream, revision, id, type, data::text, metadata::text
  from event_store.events where position > $1 order by position limit $2`;

/**
 * A list of 示例州 from the file's bytes to events: with the projections in a process of their own (here: none runs),
 * beside what the database takes of the same events by bare SQL; then with projections in the same process, as in a
 * small bureau's server, and the same file once more, which records nothing.
 */
export async function benchImport(connectionString: string): Promise<BenchRow[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < ROUNDS; n++) rounds.push(await roundIn(await databaseBeside(connectionString, n)));
  const session = await openSession(connectionString, true);
  const beside = await importOf(session, aList());
  const again = await importOf(session, aList());
  await session.close();
  if (again.events !== 0) throw new Error(`the same file recorded ${again.events} events again`);
  const name = `import of ${ROWS} rows, events`;
  const middle = (rate: (round: Round) => number) => median(rounds.map(rate));
  const perSecond = middle(({ imported }) => imported);
  return [
    { name: SAME, perSecond: middle(({ same }) => same) },
    { name: SMALL, perSecond: middle(({ small }) => small) },
    { name, perSecond, ratioTo: { name: SAME, ratio: middle(({ imported, same }) => imported / same) } },
    { name, perSecond, ratioTo: { name: SMALL, ratio: middle(({ imported, small }) => imported / small) } },
    {
      name: `import of ${ROWS} rows, projections in the same process, events`,
      perSecond: perSecondOf(beside),
    },
    { name: `import of the same ${ROWS} rows again, rows`, perSecond: ROWS / again.seconds },
  ];
}

/** Events a second: imported, and by bare SQL. */
interface Round {
  readonly imported: number;
  readonly same: number;
  readonly small: number;
}

/** Imports into a database that is empty, so that the import waits for no projection. */
async function roundIn(connectionString: string): Promise<Round> {
  const session = await openSession(connectionString, false);
  const imported = perSecondOf(await importOf(session, aList()));
  await session.close();
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(RAW_TABLE);
  const same = await rawOfSame(client);
  const small = await rawOfSmall(client);
  await client.end();
  return { imported, same, small };
}

async function databaseBeside(connectionString: string, round: number): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const url = new URL(connectionString);
  url.pathname += `_${round}`;
  await client.query(`create database ${client.escapeIdentifier(url.pathname.slice(1))}`);
  await client.end();
  return url.href;
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

const perSecondOf = ({ events, seconds }: Imported): number => events / seconds;

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

/** Of all that the import recorded; reading it is not counted. */
async function rawOfSame(client: pg.Client): Promise<number> {
  let events = 0;
  let milliseconds = 0;
  for (;;) {
    const { rows } = await client.query<RawEvent>({
      name: 'same',
      text: SAME_EVENTS,
      values: [events, BATCH],
    });
    if (rows.length === 0) return (events / milliseconds) * 1000;
    const start = performance.now();
    await wholeRawBatch(client, rows);
    milliseconds += performance.now() - start;
    events += rows.length;
  }
}

/** As many as there are of the same. */
async function rawOfSmall(client: pg.Client): Promise<number> {
  const count = ROWS * 3;
  const start = performance.now();
  for (let at = 0; at < count; at += BATCH) {
    const events = Array.from({ length: BATCH }, (_, n) => smallEvent(at + n));
    await smallRawBatch(
      client,
      events,
      events.map(() => `small-${at}`),
    );
  }
  return (count / (performance.now() - start)) * 1000;
}
