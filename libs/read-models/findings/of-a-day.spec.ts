import fc from 'fast-check';
import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import { idFor } from '#libs/kernel/ids.js';
import { latestDay } from '#libs/kernel/partial-date.js';
import { adopt, baseline, reverse, shares, target } from '#libs/plans/domain/testing/plan-specification.js';
import { randomHistory, randomMoment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, projectId, recorded, type Happening } from '../testing/recorded.js';
import { planEventId, recordedPlan } from '../testing/recorded-plan.js';
import { checkedReport, givenBack, recordedStatistics, submission } from '../testing/recorded-statistics.js';
import { judgedFindings } from './judged-findings.js';
import { findingsProjection } from './projection.js';
import { RuleBook } from './rule-book.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(findingsProjection);
});
afterAll(() => database.close());

const STORE = idFor('specification store');
const PLAN = '990100-2023-2025';
const LOTTERY_SHARE = { indicator: '福利彩票公益金投入养老服务比例', unit: '%', year: 2023 } as const;
const BEDS = { indicator: '养老床位数', printedName: '养老床位数', unit: '张' } as const;

/** Two plans that speak of each other, one with a figure that is taken back. */
const plans = (): StoredEvent[] => [
  ...recordedPlan([
    adopt(),
    baseline('300'),
    baseline('100', BEDS),
    target('5000', BEDS),
    target('9000', { source: { document: '示例州方案', locator: '三' } }),
    shares({ '990101': '40', '990102': '60' }, { basis: 'printed' }),
    target('60', LOTTERY_SHARE),
    target('40', { region: '990101', source: { document: '示例州方案', locator: '四' } }),
    { ...reverse(0), data: { eventId: planEventId(PLAN, 3), reason: '登记有误' } } as ReturnType<
      typeof reverse
    >,
  ]),
  ...recordedPlan([
    adopt({ region: '990101', title: '示例1县方案' }),
    target('30', { region: '990101', source: { document: '示例1县方案', locator: '二' } }),
  ]),
];
const VALUES = { places: '0', institutionBeds: '100000', communityBeds: '0', homeBeds: '0' };
const LOTTERY = { lotteryFund: '1000000', lotteryForElderlyCare: '540000' };
const reports = (): StoredEvent[] =>
  ['2023', '2024'].flatMap((year) =>
    recordedStatistics('990100', year, [
      ...checkedReport('990100', year, { ...VALUES, ...LOTTERY }),
      { type: 'DifferenceExplained', data: { figure: 'places', explanation: '家庭托育点未入库' } },
      givenBack('990100', year, 1),
      submission({ ...VALUES, ...LOTTERY, lotteryForElderlyCare: '560000' }),
    ]),
  );

/** Where and on which day what plans and statistics say is recorded among what projects do. */
const placed = fc.array(
  fc.record({
    after: fc.nat(100),
    effective: fc.constantFrom('2022-06-30', '2023-06-15', '2023-12', '2024', '2024-02-10', '2025-01'),
  }),
  { minLength: 24, maxLength: 24 },
);
type Placed = typeof placed extends fc.Arbitrary<infer T> ? T : never;

function together(history: readonly Happening[], places: Placed): StoredEvent[] {
  const facts = recorded(history);
  const others = [...plans(), ...reports()].map((stored, n) => ({ ...places[n % places.length]!, stored }));
  // Within a stream events stay in their order.
  const last = new Map<string, number>();
  for (const other of others) {
    other.after = Math.max(other.after, last.get(other.stored.stream) ?? 0);
    last.set(other.stored.stream, other.after);
  }
  const days = new Map(others.map(({ stored, effective }) => [stored.id, effective]));
  const told = others.map(({ stored, after, effective }) => {
    const slot = Math.floor((facts.length * after) / 100);
    const recordedAt = facts[Math.max(slot - 1, 0)]!.metadata['recordedAt']!;
    return { slot, stored: dated(stored, effective, days, recordedAt as string) };
  });
  return facts
    .map((stored, n) => ({ slot: n + 0.5, stored }))
    .concat(told)
    .sort((a, b) => a.slot - b.slot)
    .map(({ stored }, n) => ({ ...stored, position: makePosition(STORE, n.toString(16).padStart(16, '0')) }));
}

interface Reversal {
  reversed: { id: string; effectiveDate: string };
}
function dated(stored: StoredEvent, effectiveDate: string, days: Map<string, string>, recordedAt: string) {
  const metadata = { ...stored.metadata, effectiveDate, recordedAt };
  if (stored.type !== 'EntryReversed') return { ...stored, metadata };
  const { reversed, ...data } = stored.data as unknown as Reversal;
  const own = { ...reversed, effectiveDate: days.get(reversed.id)! };
  return { ...stored, metadata, data: { ...data, reversed: own } as unknown as StoredEvent['data'] };
}

/** The last day that an event's date can mean; of a reversal, not before that of what it takes back. */
function effectiveTo({ type, data, metadata }: StoredEvent): string {
  const own = latestDay(metadata['effectiveDate'] as string);
  if (type !== 'EntryReversed') return own;
  const of = latestDay((data as unknown as Reversal).reversed.effectiveDate);
  return own > of ? own : of;
}

const isOfReallocation = ({ type, data }: StoredEvent): boolean =>
  /^FundsReallocated/u.test(
    type === 'EntryReversed' ? (data as unknown as { reversed: { type: string } }).reversed.type : type,
  );

/** What was known and effective then, of projects that were in the pool by then. */
function knownThen(
  events: readonly StoredEvent[],
  { asKnownAt, asEffectiveOn }: { asKnownAt?: string; asEffectiveOn: string },
): StoredEvent[] {
  const known = events.filter(
    (stored) =>
      effectiveTo(stored) <= asEffectiveOn &&
      (asKnownAt === undefined || (stored.metadata['recordedAt'] as string) <= asKnownAt),
  );
  const entered = new Set(
    known.flatMap(({ type, stream }) => (type === 'ProjectEnteredPool' ? [stream] : [])),
  );
  // Money handed over by a project that came into the pool on a later day stands, though a replay cannot tell it.
  fc.pre(!known.some((stored) => isOfReallocation(stored) && !entered.has(stored.stream)));
  return known.filter(({ stream }) => !stream.startsWith('project-') || entered.has(stream));
}

/** Outcomes by finding. The events behind a sum of projects are named in the order that these came to it. */
const byFinding = (rows: readonly { rule: string; subject_id: string; outcome: Outcome }[]) =>
  new Map(
    rows.map(({ rule, subject_id, outcome }) => [
      `${rule}-${subject_id}`,
      outcome.kind === 'fail'
        ? {
            kind: 'fail',
            items: outcome.items.map((item) => ({
              ...item,
              ...(item.among && { among: item.among.toSorted() }),
            })),
          }
        : outcome,
    ]),
  );

async function judgedOn(moment: { asKnownAt?: string; asEffectiveOn: string; region?: string }) {
  const rules = new RuleBook([]);
  const { rows } = await judgedFindings(database.dataSource, moment, moment.asEffectiveOn, rules);
  return byFinding(rows);
}

async function replayed(events: readonly StoredEvent[]) {
  await database.startAnew();
  await database.apply(events);
  const { rows } = await database.pool.query<{ rule: string; subject_id: string; outcome: Outcome }>(
    'select rule, subject_id, outcome from read.finding_current',
  );
  return byFinding(rows);
}

it('every event is counted once, however many judges look at it', async () => {
  await database.startAnew();
  const enter: Happening = {
    projectId: projectId(1),
    effective: '2024-01-10',
    event: { type: 'ProjectEnteredPool', data: { projectId: projectId(1), details: details('项目1') } },
  };
  const [others] = await database.apply([...plans(), ...reports()]);
  expect(others).toBe(plans().length + reports().length);
  expect(await database.apply(recorded([enter]))).toEqual([1]);
});

describe('findings as known at and effective on', () => {
  it('equal a replay of what was known and effective then, for every judge', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        placed,
        randomMoment,
        async (history, places, { asKnownAt, asEffectiveOn }) => {
          const events = together(history, places);
          const moment = { asEffectiveOn: asEffectiveOn ?? '2026-12-31', ...(asKnownAt && { asKnownAt }) };
          await database.startAnew();
          await database.apply(events, 5);
          const judged = await judgedOn(moment);
          expect(judged).toEqual(await replayed(knownThen(events, moment)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are those of now, asked of a day behind all', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, placed, async (history, places) => {
        const events = together(history, places);
        const now = await replayed(events);
        expect(await judgedOn({ asEffectiveOn: '2099-12-31' })).toEqual(now);
      }),
      { numRuns: 10 },
    );
  });
});
