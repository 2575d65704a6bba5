import { registerProjection } from '../register/projection.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, projectId, recorded, type Happening } from '../testing/recorded.js';
import { ClosedYearsHandler } from './closed-years.handler.js';
import { closingsProjection } from './projection.js';
import { ClosedYearsQuery } from './queries.js';

let database: ReadModelDatabase;

beforeAll(async () => {
  database = await ReadModelDatabase.open(registerProjection, closingsProjection);
  await database.apply(recorded(STORY), 2);
});
afterAll(() => database.close());

const entered = (n: number, region: string): Happening => ({
  projectId: projectId(n),
  event: {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(`项目${n}`, { regions: [region] }) },
  },
  effective: '2024-01-10',
});
const closed = (n: number, year: number, recordedAt: string): Happening => ({
  projectId: projectId(n),
  event: { type: 'BudgetYearClosed', data: { year } },
  effective: '2026-01-05',
  recordedAt,
});

const STORY: Happening[] = [
  entered(0, '990101'),
  entered(1, '990101'),
  entered(2, '990102'),
  closed(0, 2024, '2026-01-05T01:00:00.000Z'),
  closed(1, 2024, '2026-01-05T01:00:00.250Z'),
  closed(2, 2024, '2026-01-07T01:00:00.000Z'),
  closed(0, 2025, '2026-01-08T01:00:00.000Z'),
];

const query = (params: { region?: string; year?: number }) =>
  new ClosedYearsHandler(database.dataSource).execute(new ClosedYearsQuery(params));

it('tells for each year how many projects are closed and open, and when the first and last were', async () => {
  expect(await query({ region: '990101' })).toEqual([
    {
      year: 2025,
      closed: 1,
      open: 1,
      firstClosedAt: '2026-01-08T01:00:00.000Z',
      lastClosedAt: '2026-01-08T01:00:00.000Z',
    },
    {
      year: 2024,
      closed: 2,
      open: 0,
      firstClosedAt: '2026-01-05T01:00:00.000Z',
      lastClosedAt: '2026-01-05T01:00:00.250Z',
    },
  ]);
});

it('counts a region with all that lies inside it, and all regions where none is named', async () => {
  const whole = { closed: 3, open: 0, lastClosedAt: '2026-01-07T01:00:00.000Z' };
  expect(await query({ region: '990100', year: 2024 })).toMatchObject([whole]);
  expect(await query({ year: 2024 })).toMatchObject([whole]);
  expect(await query({ region: '990103' })).toEqual([]);
  expect(await query({ year: 2023 })).toEqual([]);
});

it('counts what it holds', async () => {
  expect(await database.totals(closingsProjection)).toEqual({ closings: '4', years: '2' });
});
