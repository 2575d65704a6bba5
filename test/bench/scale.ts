import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '#libs/database/data-source.js';
import { AccountBalancesHandler } from '#libs/read-models/ledger/account-balances.handler.js';
import { AccountBalancesQuery } from '#libs/read-models/ledger/account-queries.js';
import { LedgerEntriesHandler } from '#libs/read-models/ledger/ledger-entries.handler.js';
import { LedgerHandler } from '#libs/read-models/ledger/ledger.handler.js';
import { LedgerEntriesQuery, LedgerQuery, type LedgerFilter } from '#libs/read-models/ledger/queries.js';
import { AgeingHandler } from '#libs/read-models/lots/ageing.handler.js';
import { PaymentTraceHandler } from '#libs/read-models/lots/payment-trace.handler.js';
import { AgeingQuery, PaymentTraceQuery } from '#libs/read-models/lots/queries.js';
import { Random } from '#libs/sample/random.js';
import type { BenchRow } from './bench-row.js';
import { fill, show } from './scale-fill.js';

const SMALL = 30_000;
const LARGE = 3_000_000;
/** The sizes take turns, so that both meet the machine in the same mood. */
const ROUNDS = 3;
const NAMES = {
  now: 'ledger by region × year × source',
  known: 'the same as known at random moments',
  effective: 'the same as effective on random days',
  both: 'the same as of both',
  bothInRegion: 'the same as of both, one county',
  trace: 'trace of a payment',
  balances: 'balances by source × year',
  journal: 'first page of the journal',
  journalOfRow: 'journal page of county × year × source',
  ageing: 'ageing of all idle money',
  ageingInRegion: 'ageing, one county',
} as const;
type Question = keyof typeof NAMES;
const QUESTIONS = Object.keys(NAMES) as Question[];
/** Of each question, a round. */
const RUNS = 20;
const COUNTY = '990105';
const PAGE = 100;

/**
 * Questions to a large journal and to a hundredth of it, through the handlers that answer over HTTP. Projects and
 * balances are as many in both: only what lies behind a balance grows.
 */
export async function benchScale(connectionString: string): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString);
  const pool = new pg.Pool({ connectionString, max: 2 });
  for (const lines of [SMALL, LARGE]) {
    await fill(pool, schemaOf(lines), lines);
    process.stderr.write(`  ${lines} journal lines\n`);
  }
  const asked = questionsTo(database, new Random('scale'));
  const taken = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const lines of [SMALL, LARGE]) {
      await show(pool, schemaOf(lines));
      const payments = await somePayments(pool, round);
      for (const question of QUESTIONS) {
        const key = keyOf(question, lines);
        const times = await timesOf(RUNS, (n) => asked[question](payments[n]!));
        taken.set(key, [...(taken.get(key) ?? []), ...times]);
      }
    }
  }
  await pool.end();
  await database.destroy();
  return QUESTIONS.flatMap((question) =>
    rowsOf(NAMES[question], taken.get(keyOf(question, SMALL))!, taken.get(keyOf(question, LARGE))!),
  );
}

function questionsTo(
  database: DataSource,
  random: Random,
): Record<Question, (payment: string) => Promise<unknown>> {
  const ledger = new LedgerHandler(database);
  const trace = new PaymentTraceHandler(database);
  const balances = new AccountBalancesHandler(database);
  const journal = new LedgerEntriesHandler(database);
  const ageing = new AgeingHandler(database);
  const table = (filter: LedgerFilter) =>
    ledger.execute(new LedgerQuery({ groupBy: ['region', 'year', 'source'], ...filter }));
  // A moment of the three years that the journal tells of.
  const moment = () => new Date(Date.UTC(2023, 0, random.int(2, 1094), random.int(0, 23))).toISOString();
  const both = () => ({ asKnownAt: moment(), asEffectiveOn: moment().slice(0, 10) });
  const ofRow = { region: COUNTY, year: 2025, source: 'CountyFiscal' } as const;
  return {
    now: () => table({}),
    known: () => table({ asKnownAt: moment() }),
    effective: () => table({ asEffectiveOn: moment().slice(0, 10) }),
    both: () => table(both()),
    bothInRegion: () => table({ ...both(), region: COUNTY }),
    trace: (eventId) => trace.execute(new PaymentTraceQuery({ eventId })),
    balances: () => balances.execute(new AccountBalancesQuery({ groupBy: ['source', 'year'] })),
    journal: () => journal.execute(new LedgerEntriesQuery({ limit: PAGE })),
    journalOfRow: () => journal.execute(new LedgerEntriesQuery({ ...ofRow, limit: PAGE })),
    ageing: () => ageing.execute(new AgeingQuery({})),
    ageingInRegion: () => ageing.execute(new AgeingQuery({ region: COUNTY })),
  };
}

const schemaOf = (lines: number) => `lines_${lines}`;
const keyOf = (question: string, lines: number) => `${question} ${lines}`;

/** Later ones, whose source has a history behind it. */
async function somePayments(pool: pg.Pool, round: number): Promise<string[]> {
  const { rows } = await pool.query<{ event_id: string }>(
    `select event_id from read.ledger_transfer where stage = 'paid' order by position desc limit $1 offset $2`,
    [RUNS, round * RUNS],
  );
  return rows.map(({ event_id }) => event_id);
}

/** Milliseconds of each run, after one that is not counted. */
async function timesOf(runs: number, put: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  await put(0);
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    await put(n);
    times.push(performance.now() - start);
  }
  return times;
}

function rowsOf(name: string, small: readonly number[], large: readonly number[]): BenchRow[] {
  const rival = `${name}, ${SMALL.toLocaleString('en')} lines`;
  const [less, more] = [timings(small), timings(large)];
  return [
    { name: rival, perSecond: 1000 / less.p50, milliseconds: less },
    {
      name: `${name}, ${LARGE.toLocaleString('en')} lines`,
      perSecond: 1000 / more.p50,
      milliseconds: more,
      ratioTo: { name: `${rival} (p50, time)`, ratio: more.p50 / less.p50 },
    },
  ];
}

function timings(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
