import pg from 'pg';
import { openDatabase } from '#libs/database/data-source.js';
import { LedgerHandler } from '#libs/read-models/ledger/ledger.handler.js';
import { LedgerQuery } from '#libs/read-models/ledger/queries.js';
import { PaymentTraceHandler } from '#libs/read-models/lots/payment-trace.handler.js';
import { PaymentTraceQuery } from '#libs/read-models/lots/queries.js';
import { Random } from '#libs/sample/random.js';
import type { BenchRow } from './append.js';
import { fill, show } from './scale-fill.js';

const SMALL = 30_000;
const LARGE = 3_000_000;
/** The sizes take turns, so that both meet the machine in the same mood. */
const ROUNDS = 3;
const NAMES = {
  now: 'ledger by region × year × source',
  asOf: 'the same as of random days',
  trace: 'trace of a payment',
} as const;
/** Runs a round. */
const RUNS: Record<Question, number> = { now: 20, asOf: 4, trace: 20 };
type Question = keyof typeof NAMES;

/**
 * Questions to a large journal and to a hundredth of it, through the handlers that answer over HTTP. Projects and
 * balances are as many in both: only what lies behind a balance grows.
 */
export async function benchScale(connectionString: string): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString);
  const random = new Random('scale');
  const pool = new pg.Pool({ connectionString, max: 2 });
  const ledger = new LedgerHandler(database);
  const trace = new PaymentTraceHandler(database);
  const ask = (asOf: object) =>
    ledger.execute(new LedgerQuery({ groupBy: ['region', 'year', 'source'], ...asOf }));
  for (const lines of [SMALL, LARGE]) {
    await fill(pool, schemaOf(lines), lines);
    process.stderr.write(`  ${lines} journal lines\n`);
  }

  const taken = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const lines of [SMALL, LARGE]) {
      await show(pool, schemaOf(lines));
      const payments = await somePayments(pool, round);
      const questions: Record<Question, (n: number) => Promise<unknown>> = {
        now: () => ask({}),
        asOf: () => ask(someMoment(random)),
        trace: (n) => trace.execute(new PaymentTraceQuery({ eventId: payments[n]! })),
      };
      for (const [question, runs] of Object.entries(RUNS) as [Question, number][]) {
        const key = keyOf(question, lines);
        const times = await timesOf(runs, questions[question]);
        taken.set(key, [...(taken.get(key) ?? []), ...times]);
      }
    }
  }
  await pool.end();
  await database.destroy();
  return (Object.keys(NAMES) as Question[]).flatMap((question) =>
    rowsOf(NAMES[question], taken.get(keyOf(question, SMALL))!, taken.get(keyOf(question, LARGE))!),
  );
}

const schemaOf = (lines: number) => `lines_${lines}`;
const keyOf = (question: string, lines: number) => `${question} ${lines}`;

/** Later ones, whose source has a history behind it. */
async function somePayments(pool: pg.Pool, round: number): Promise<string[]> {
  const { rows } = await pool.query<{ event_id: string }>(
    `select event_id from read.ledger_transfer where stage = 'paid' order by position desc limit $1 offset $2`,
    [RUNS.trace, round * RUNS.trace],
  );
  return rows.map(({ event_id }) => event_id);
}

/** A day of the three years that the journal tells of, in one time or in both. */
function someMoment(random: Random): { asKnownAt?: string; asEffectiveOn?: string } {
  const day = () => new Date(Date.UTC(2023, 0, random.int(2, 1094))).toISOString();
  const kind = random.int(0, 2);
  return {
    ...(kind !== 0 && { asKnownAt: day() }),
    ...(kind !== 1 && { asEffectiveOn: day().slice(0, 10) }),
  };
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
