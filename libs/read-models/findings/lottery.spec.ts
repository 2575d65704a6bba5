import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { target, adopt } from '#libs/plans/domain/testing/plan-specification.js';
import { statisticsCodec, statisticsStream, type StatisticsEvent } from '#libs/statistics/domain/events.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ACTOR } from '../testing/recorded.js';
import { recordedPlan } from '../testing/recorded-plan.js';
import { FindingsHandler } from './findings.handler.js';
import { findingsProjection } from './projection.js';
import { FindingsQuery, type FindingFilter } from './queries.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(findingsProjection);
});
afterAll(() => database.close());

const UNIT = '示例州民政局';
const STORE = idFor('specification store');
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 20, 2, n)).toISOString();

/** One event a minute, in the places of the feed that are named. */
function told(...events: [minute: number, event: StatisticsEvent][]): StoredEvent[] {
  return events.map(([n, event], revision) => {
    const id = idFor('statistics event', String(n));
    const encoded = statisticsCodec.encode(event, id, {
      commandId: id,
      commandDigest: '0'.repeat(64),
      actor: ACTOR,
      effectiveDate: '2026-01-20',
      recordedAt: minute(n),
      evidence: [],
      correlationId: id,
      causationId: id,
    });
    const position = makePosition(STORE, n.toString(16).padStart(16, '0'));
    return { ...encoded, stream: statisticsStream('990100', '2025'), revision, position };
  });
}

const opened: StatisticsEvent = {
  type: 'ReportingOpened',
  data: {
    duties: [{ unit: UNIT, figures: ['lotteryFund', 'lotteryForElderlyCare'] }],
    deadline: '2026-03-01',
  },
};
const submitted = (spent: string): StatisticsEvent => ({
  type: 'StatisticsSubmitted',
  data: {
    unit: UNIT,
    figures: [
      { figure: 'lotteryFund', value: '1000000', source: '福彩公益金台账' },
      { figure: 'lotteryForElderlyCare', value: spent, source: '福彩公益金台账' },
    ],
  },
});
const step = (type: 'StatisticsChecked' | 'StatisticsReturned', n: number): StatisticsEvent =>
  ({
    type,
    data: {
      unit: UNIT,
      submission: idFor('statistics event', String(n)),
      ...(type === 'StatisticsReturned' && { reason: '漏列' }),
    },
  }) as StatisticsEvent;

const STATISTICS = told(
  [1, opened],
  [2, submitted('540000')],
  [3, step('StatisticsChecked', 2)],
  [4, step('StatisticsReturned', 2)],
  [5, submitted('560000')],
  [6, step('StatisticsChecked', 5)],
);
/** Comes last: from then on 60% are asked for. */
const PLAN = recordedPlan([
  adopt(),
  target('60', { indicator: '福利彩票公益金投入养老服务比例', unit: '%', year: 2024 }),
]);

async function find(filter: FindingFilter) {
  const handler = new FindingsHandler(database.dataSource);
  const query = new FindingsQuery({ subjectKind: 'region', status: 'failing', limit: 10, ...filter });
  return (await handler.execute(query)).items;
}

describe('M10 on what was recorded', () => {
  it.each([1, 3, 100])('is judged again with every check and return, in batches of %i', async (batch) => {
    await database.startAnew();
    await database.apply([...STATISTICS, ...PLAN], batch);
    const history = await database.pool.query<{ known_at: Date; kind: string }>(
      `select known_at, kind from read.finding_result where rule = 'M10' order by position`,
    );
    expect(history.rows.map(({ known_at, kind }) => [known_at.toISOString(), kind])).toEqual([
      [minute(1), 'notApplicable'],
      [minute(3), 'fail'],
      [minute(4), 'notApplicable'],
      [minute(6), 'pass'],
      [expect.stringMatching(/^2026-06-01/u), 'fail'],
    ]);
  });

  it('is found under the region and the year, with its figures and events', async () => {
    await database.startAnew();
    await database.apply([...STATISTICS, ...PLAN]);
    expect(await find({ region: '990100' })).toMatchObject([
      {
        id: 'M10-990100-2025',
        rule: { id: 'M10', category: { key: 'money' } },
        subject: { kind: { key: 'region' }, id: '990100-2025', name: '示例州2025年' },
        project: null,
        items: [
          {
            figures: {
              lotteryFund: { yuan: '10000.00' },
              short: { yuan: '400.00' },
              percent: '56.00',
              least: '60%',
            },
            events: [...[5, 6].map((n) => idFor('statistics event', String(n))), PLAN[1]!.id],
          },
        ],
      },
    ]);
    expect(await find({ region: '990102' })).toEqual([]);
    // On the day of the report the plan asked for its share too; the day before nothing was reported.
    expect(await find({ asEffectiveOn: '2026-01-20' })).toMatchObject([
      { items: [{ figures: { least: '60%' } }] },
    ]);
    expect(await find({ asEffectiveOn: '2026-01-20', asKnownAt: minute(3) })).toMatchObject([
      { items: [{ figures: { percent: '54.00', least: '≥55%' } }] },
    ]);
    expect(await find({ asEffectiveOn: '2026-01-19' })).toEqual([]);
    const known = await find({ asKnownAt: minute(3) });
    expect(known).toMatchObject([{ items: [{ figures: { percent: '54.00', least: '≥55%' } }] }]);
  });
});
