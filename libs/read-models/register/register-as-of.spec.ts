import fc from 'fast-check';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import {
  details,
  eventId,
  projectId,
  recorded,
  reversalOf,
  wan,
  type Happening,
} from '../testing/recorded.js';
import { AnnualListHandler } from './annual-list.handler.js';
import { ListProjectsHandler } from './list-projects.handler.js';
import { PoolHandler } from './pool.handler.js';
import { ProjectHandler } from './project.handler.js';
import { ProjectTotalsHandler } from './project-totals.handler.js';
import { ProjectWindowHandler } from './project-window.handler.js';
import { registerProjection } from './projection.js';
import {
  AnnualListQuery,
  ListProjectsQuery,
  PoolQuery,
  ProjectQuery,
  ProjectTotalsQuery,
  ProjectWindowQuery,
} from './queries.js';

const ORDINARY: readonly ProjectEvent[] = [
  { type: 'ProjectCodeAssigned', data: { code: '2401-990101-04-01-100001' } },
  { type: 'ProjectListedForYear', data: { year: 2024, listTitle: '示例清单', sequence: 3 } },
  { type: 'ProjectDelisted', data: { year: 2024, reason: '示例' } },
  { type: 'ReadinessConditionMet', data: { condition: 'land' } },
  { type: 'ReadinessConditionLapsed', data: { condition: 'land', reason: '示例' } },
  {
    type: 'ProjectApproved',
    data: {
      mode: 'Filing',
      documentNumber: '示例备〔2024〕1号',
      authority: '示例',
      approvedTotalFen: wan(3),
    },
  },
  { type: 'ConstructionStarted', data: {} },
  { type: 'ConstructionSuspended', data: { reason: '示例' } },
];

/** What happens to a project before it is in use, told behind a history of money and properties, in no sensible order. */
const furtherHistory = fc
  .tuple(
    randomHistory,
    fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: 3 }),
        event: fc.constantFrom(...ORDINARY),
        effective: fc.constantFrom('2023', '2023-06-15', '2024-02', '2024-02-10', '2024-11-30'),
        hour: fc.nat(1500),
        reversed: fc.option(fc.constantFrom<PartialDate>('2023-06', '2024-02-10', '2025-01'), {
          nil: undefined,
        }),
      }),
      { maxLength: 12 },
    ),
  )
  .map(([told, further]) => {
    const history = [...told];
    for (const { n, event, effective, hour, reversed } of further) {
      const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString();
      history.push({ projectId: projectId(n), event, effective, recordedAt: at(hour) });
      if (reversed === undefined) continue;
      history.push({ ...reversalOf(history, history.length - 1, reversed), recordedAt: at(hour + 70) });
    }
    return history;
  });

let database: ReadModelDatabase;
let replayed: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(registerProjection);
  replayed = await ReadModelDatabase.open(registerProjection);
});
afterAll(() => Promise.all([database.close(), replayed.close()]));

const enter = (n: number, recordedAt: string): Happening => ({
  projectId: projectId(n),
  effective: '2023-05-01',
  recordedAt,
  event: {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(`示例项目${n}`) },
  },
});

const FILTERS = [
  {},
  { region: '990101' },
  { category: 'Childcare', q: '改名' },
  { stage: 'InUse' },
  { listedYear: 2024 },
  { source: 'SelfRaised', plannedUseYear: 2024 },
] as const;

/** All that the register can be asked, of the moment. */
async function told({ dataSource }: ReadModelDatabase, moment: Moment) {
  const list = new ListProjectsHandler(dataSource);
  const window = new ProjectWindowHandler(dataSource);
  const totals = new ProjectTotalsHandler(dataSource);
  const pool = await new PoolHandler(dataSource).execute(new PoolQuery({ ...moment, limit: 10 }));
  const one = new ProjectHandler(dataSource);
  return {
    lists: await Promise.all(
      FILTERS.map((filter) => list.execute(new ListProjectsQuery({ ...filter, ...moment, limit: 10 }))),
    ),
    windows: await Promise.all(
      FILTERS.map((filter) =>
        window.execute(
          new ProjectWindowQuery({
            ...{ ...filter, ...moment, offset: 1, limit: 2 },
            ...{ sort: 'totalInvestment', descending: true },
          }),
        ),
      ),
    ),
    totals: await Promise.all(
      (['category', 'stage', 'plannedUseYear', 'region'] as const).map((groupBy) =>
        totals.execute(new ProjectTotalsQuery({ ...moment, groupBy })),
      ),
    ),
    pool: pool.items,
    annual: await new AnnualListHandler(dataSource).execute(new AnnualListQuery({ ...moment, year: 2024 })),
    each: await Promise.all([1, 2, 3].map((n) => one.execute(new ProjectQuery(projectId(n), moment)))),
  };
}

/** The same of a register that has seen only what stood then. */
async function replay(history: readonly Happening[], moment: Moment) {
  await replayed.startAnew();
  await replayed.apply(recorded(standing(history, eventId, moment)));
  return told(replayed, {});
}

describe('the register as of a moment', () => {
  it('equals a replay of the events known and in effect by then', async () => {
    await fc.assert(
      fc.asyncProperty(
        furtherHistory,
        fc.array(randomMoment, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 20 }),
        async (history, moments, batch) => {
          await database.startAnew();
          await database.apply(recorded(history), batch);
          for (const moment of moments) {
            expect(await told(database, moment)).toEqual(await replay(history, moment));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes on from page to page as of the same moment', async () => {
    await database.startAnew();
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-01'];
    await database.apply(recorded(days.map((day, n) => enter(n + 1, `${day}T00:00:00.000Z`))));
    const list = new ListProjectsHandler(database.dataSource);
    const moment = { asKnownAt: '2026-01-31T00:00:00Z', limit: 2 };
    const first = await list.execute(new ListProjectsQuery(moment));
    const rest = await list.execute(new ListProjectsQuery({ ...moment, cursor: first.nextCursor! }));
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(
      [1, 2, 3].map((n) => `示例项目${n}`),
    );
    expect(rest.nextCursor).toBeNull();
  });

  it('has one state for any pair of times, kept with each batch or derived at once', async () => {
    await fc.assert(
      fc.asyncProperty(furtherHistory, async (history) => {
        const [kept, derived] = await database.keptAndDerived(recorded(history), registerProjection.views);
        expect(derived).toEqual(kept);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps one row a state where facts follow each other in both times', async () => {
    const facts: [PartialDate, ProjectEvent][] = [
      ['2023-06-01', ORDINARY[0]!],
      ['2023-07-01', ORDINARY[5]!],
      ['2023-08-01', ORDINARY[6]!],
    ];
    const history: Happening[] = facts.map(([effective, event]) => ({
      projectId: projectId(1),
      effective,
      event,
    }));
    await database.startAnew();
    await database.apply(recorded([enter(1, '2025-12-31T00:00:00.000Z'), ...history]));
    const { rows } = await database.pool.query(
      'select stage from read.register_version order by recorded_from',
    );
    expect(rows.map(({ stage }) => stage as string)).toEqual([
      'Pooled',
      'Pooled',
      'Approved',
      'UnderConstruction',
    ]);
  });

  it('refuses a time that it cannot read', async () => {
    const list = new ListProjectsHandler(database.dataSource);
    const asked = list.execute(new ListProjectsQuery({ asKnownAt: '昨天', limit: 2 }));
    await expect(asked).rejects.toMatchObject({ code: 'asOf.unreadable' });
  });
});
