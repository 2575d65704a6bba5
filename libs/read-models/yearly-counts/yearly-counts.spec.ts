import fc from 'fast-check';
import type { ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import { adopt, baseline } from '#libs/plans/domain/testing/plan-specification.js';
import { plansProjection } from '../plans/projection.js';
import { randomHistory } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { planEventId, recordedPlan } from '../testing/recorded-plan.js';
import { details, eventId, projectId, recorded, reversalOf, type Happening } from '../testing/recorded.js';
import { yearlyCountsProjection } from './projection.js';
import { YearlyCountEntriesQuery, YearlyCountsQuery, type YearRow } from './queries.js';
import { YearlyCountEntriesHandler } from './yearly-count-entries.handler.js';
import { YearlyCountsHandler } from './yearly-counts.handler.js';

const tell = (n: number, effective: string, event: ProjectEvent): Happening => ({
  projectId: projectId(n),
  effective,
  event,
});
const enter = (n: number, more: Partial<ProjectDetails>) =>
  tell(n, '2023', {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(`项目${n}`, more) },
  });

const story: Happening[] = [
  enter(1, { plannedUse: '2025', plannedCapacity: { beds: { low: 250, high: 250 } } }),
  enter(2, {
    plannedUse: '2025-06',
    plannedCapacity: { beds: { low: 100, high: 200 } },
    regions: ['990102', '990101'],
  }),
  enter(3, { plannedUse: '2025' }),
  enter(4, {
    plannedCapacity: { places: { low: 60, high: 60 } },
    category: 'Childcare',
    regions: ['990102'],
  }),
  tell(1, '2024-07-01', { type: 'ProjectCommissioned', data: { capacity: { beds: 240, nursingBeds: 100 } } }),
  tell(2, '2025-03', { type: 'ProjectCommissioned', data: { capacity: { beds: 150 } } }),
  tell(1, '2025-09-01', {
    type: 'CapacityChanged',
    data: { before: { beds: 240, nursingBeds: 100 }, after: { beds: 260, nursingBeds: 90 }, reason: '改造' },
  }),
  tell(2, '2026-01-01', { type: 'ProjectDecommissioned', data: { capacity: { beds: 150 }, reason: '搬迁' } }),
];

let database: ReadModelDatabase;
let counts: YearlyCountsHandler;
let entries: YearlyCountEntriesHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(yearlyCountsProjection, plansProjection);
  counts = new YearlyCountsHandler(database.dataSource);
  entries = new YearlyCountEntriesHandler(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

const ask = (more: Partial<YearlyCountsQuery['params']> = {}) =>
  counts.execute(new YearlyCountsQuery({ from: 2024, to: 2026, ...more }));
const beds = (rows: readonly YearRow[]) =>
  rows.map(({ year, counts: { beds: b } }) => [
    year,
    b.commissioned,
    b.changed,
    b.decommissioned,
    b.stockAtYearEnd,
  ]);

describe('yearly counts', () => {
  it('put what came into use beside what was planned, year by year', async () => {
    await database.apply(recorded(story));
    const { total } = await ask();
    expect(beds(total)).toEqual([
      [2024, 240, 0, 0, 240],
      [2025, 150, 20, 0, 410],
      [2026, 0, 0, 150, 260],
      [null, 0, 0, 0, 260],
    ]);
    expect(total[1]?.counts.beds.planned).toEqual({ low: 350, high: 450, unknownProjects: 1, projects: 3 });
    expect(total[1]?.counts.nursingBeds.planned).toEqual({
      low: 0,
      high: 0,
      unknownProjects: 3,
      projects: 3,
    });
    expect(total[3]?.counts.places.planned).toEqual({ low: 60, high: 60, unknownProjects: 0, projects: 1 });
    expect(total[3]?.counts.inclusivePlaces.planned).toMatchObject({ unknownProjects: 1 });
    expect(total[0]?.counts.beds.baseline).toBeNull();
  });

  it('count the stock of years before the first one asked for', async () => {
    await database.apply(recorded(story));
    expect(beds((await ask({ from: 2026 })).total)[0]).toEqual([2026, 0, 0, 150, 260]);
  });

  it('count the stock of a region from the baseline that a plan states, and only what came after it', async () => {
    const planned = { indicator: '养老床位数', printedName: '养老床位数', unit: '张', year: 2024 };
    await database.apply([...recorded(story), ...recordedPlan([adopt(), baseline('1000', planned)])]);
    const { total } = await ask({ region: '990100' });
    expect(beds(total).map(([year, , , , stock]) => [year, stock])).toEqual([
      [2024, 1000],
      [2025, 1170],
      [2026, 1020],
      [null, 1020],
    ]);
    expect(total[1]?.counts.beds.baseline).toEqual({
      year: 2024,
      count: 1000,
      planId: '990100-2023-2025',
      eventId: planEventId('990100-2023-2025', 1),
    });
    expect(total[1]?.counts.places.baseline).toBeNull();
    const before = await ask({ region: '990100', from: 2023 });
    expect(before.total[0]?.counts.beds).toMatchObject({ stockAtYearEnd: 0, baseline: null });
    const behind = await entries.execute(
      new YearlyCountEntriesQuery({ region: '990100', figure: 'stock', kind: 'beds', year: 2026, limit: 10 }),
    );
    expect(behind.items.map(({ delta }) => delta)).toEqual([150, 20, -150]);
    for (const part of [{ category: 'ElderlyCare' as const }, { region: '990101' }, {}]) {
      expect((await ask(part)).total[1]?.counts.beds.baseline).toBeNull();
    }
  });

  it('take a reversed commissioning back in its own year', async () => {
    await database.apply(recorded([...story.slice(0, 6), reversalOf(story, 5, '2026-02-01')]));
    expect(beds((await ask()).total)[1]).toEqual([2025, 0, 0, 0, 240]);
    expect(beds((await ask({ asEffectiveOn: '2025-12-31' })).total)[1]).toEqual([2025, 150, 0, 0, 390]);
  });

  it('keep a project in two counties whole, and no longer plan what was withdrawn', async () => {
    const withdrawn = tell(3, '2025-05-05', { type: 'ProjectWithdrawn', data: { reason: '调出' } });
    await database.apply(recorded([...story, withdrawn]));
    const { groups, total } = await ask({ groupBy: 'region' });
    expect(groups.map(({ region, years }) => [region?.label, years[1]?.counts.beds.planned.high])).toEqual([
      ['示例1县', 250],
      ['示例1县、示例2县', 200],
      ['示例2县', 0],
    ]);
    expect(total[1]?.counts.beds.planned).toMatchObject({ projects: 2, unknownProjects: 0 });
    expect((await ask({ region: '990102' })).total[1]?.counts.beds.planned.low).toBe(100);
    const byCategory = await ask({ groupBy: 'category', asEffectiveOn: '2025-01-01' });
    expect(byCategory.groups.map(({ category }) => category?.label)).toEqual(['托育', '养老']);
  });

  it('name the events behind each figure', async () => {
    await database.apply(recorded(story));
    const behind = async (figure: 'planned' | 'unknown' | 'commissioned' | 'stock', year: number | null) => {
      const page = await entries.execute(
        new YearlyCountEntriesQuery({ figure, kind: 'beds', year, limit: 10 }),
      );
      return page.items.map((entry) => [entry.eventId, entry.delta ?? entry.planned]);
    };
    expect(await behind('planned', 2025)).toEqual([
      [eventId(0), { low: 250, high: 250 }],
      [eventId(1), { low: 100, high: 200 }],
    ]);
    expect(await behind('unknown', 2025)).toEqual([[eventId(2), null]]);
    expect(await behind('commissioned', 2025)).toEqual([[eventId(5), 150]]);
    expect(await behind('stock', 2025)).toEqual([
      [eventId(4), 240],
      [eventId(5), 150],
      [eventId(6), 20],
    ]);
  });

  it('are the same now as known at the end of time, batch by batch and after a rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await database.startAnew();
        await database.apply(recorded(history), 4);
        const now = await ask({ from: 2020, groupBy: 'region' });
        expect(now).toEqual(await ask({ from: 2020, groupBy: 'region', asKnownAt: '2100-01-01T00:00:00Z' }));
        await database.startAnew();
        await database.rebuild(recorded(history), 4);
        expect(await ask({ from: 2020, groupBy: 'region' })).toEqual(now);
      }),
      { numRuns: 15 },
    );
  });

  it('refuse years that make no sense', async () => {
    await expect(ask({ from: 2027 })).rejects.toMatchObject({ code: 'yearlyCounts.badYears' });
  });
});
