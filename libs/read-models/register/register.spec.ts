import type { ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import { ProjectEventsHandler } from '../timeline/project-events.handler.js';
import { timelineProjection } from '../timeline/projection.js';
import { ProjectEventsQuery } from '../timeline/queries.js';
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
import { ProjectIdentitiesHandler } from './project-identities.handler.js';
import { ProjectHandler } from './project.handler.js';
import { ProjectTotalsHandler } from './project-totals.handler.js';
import { ProjectWindowHandler } from './project-window.handler.js';
import { registerProjection } from './projection.js';
import { RegionsInUseHandler } from './regions-in-use.handler.js';
import {
  AnnualListQuery,
  ListProjectsQuery,
  PoolQuery,
  ProjectIdentitiesQuery,
  ProjectQuery,
  ProjectTotalsQuery,
  ProjectWindowQuery,
  type ProjectFilter,
  type ProjectSort,
} from './queries.js';

const tell = (n: number, effective: string, event: ProjectEvent): Happening => ({
  projectId: projectId(n),
  effective,
  event,
});
const enter = (n: number, name: string, more: Partial<ProjectDetails>) =>
  tell(n, '2023', {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(name, more), list: { title: '示例清单', sequence: n } },
  });
const listed = (n: number): Happening =>
  tell(n, '2023', {
    type: 'ProjectListedForYear',
    data: { year: 2023, listTitle: '示例清单', sequence: 9 - n },
  });
const met = (condition: 'siting' | 'land' | 'approval' | 'funds'): Happening =>
  tell(2, '2023-05', { type: 'ReadinessConditionMet', data: { condition } });
const approval = {
  mode: 'Filing' as const,
  documentNumber: '示例备〔2023〕1号',
  authority: '示例州发展改革委',
  approvedTotalFen: wan(300),
};

const story: Happening[] = [
  enter(1, '示例颐养院ABC', { totalInvestmentFen: wan(300), plannedUse: '2024-05' }),
  enter(2, '示例托育园', {
    category: 'Childcare',
    regions: ['990103', '990101'],
    totalInvestmentFen: wan(100),
  }),
  enter(3, '示例日间照料中心', { regions: ['990102'] }),
  listed(1),
  listed(2),
  tell(1, '2023', {
    type: 'FundingPlanned',
    data: { lines: [{ source: 'SelfRaised', amountFen: wan(100) }] },
  }),
  met('siting'),
  met('land'),
  met('approval'),
  met('funds'),
  tell(1, '2023-06-01', { type: 'ProjectApproved', data: approval }),
  tell(1, '2023-08-01', { type: 'ConstructionStarted', data: {} }),
];

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(registerProjection, timelineProjection);
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

async function found(filter: ProjectFilter): Promise<string[]> {
  const handler = new ListProjectsHandler(database.dataSource);
  const page = await handler.execute(new ListProjectsQuery({ ...filter, limit: 10 }));
  return page.items.map(({ name }) => name);
}
const one = (n: number) =>
  new ProjectHandler(database.dataSource).execute(new ProjectQuery(projectId(n), {}));

describe('the project register', () => {
  it('finds projects by everything they are asked for', async () => {
    await database.apply(recorded(story), 3);
    expect(await found({})).toEqual(['示例颐养院ABC', '示例托育园', '示例日间照料中心']);
    expect(await found({ region: '990101' })).toEqual(['示例颐养院ABC', '示例托育园']);
    expect(await found({ q: '示例 颐养院abc' })).toEqual(['示例颐养院ABC']);
    expect(await found({ q: '100%_' })).toEqual([]);
    expect(await found({ category: 'Childcare', listedYear: 2023 })).toEqual(['示例托育园']);
    expect(await found({ plannedUseYear: 2024, stage: 'UnderConstruction', source: 'SelfRaised' })).toEqual([
      '示例颐养院ABC',
    ]);
  });

  it('goes through the register page by page', async () => {
    await database.apply(recorded(story));
    const handler = new ListProjectsHandler(database.dataSource);
    const first = await handler.execute(new ListProjectsQuery({ limit: 2 }));
    const rest = await handler.execute(new ListProjectsQuery({ limit: 2, cursor: first.nextCursor! }));
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
    const elsewhere = new PoolHandler(database.dataSource).execute(
      new PoolQuery({ limit: 2, cursor: first.nextCursor! }),
    );
    await expect(elsewhere).rejects.toMatchObject({ code: 'paging.badCursor' });
  });

  it('shows a project as it stands, and as if a reversed event had never been', async () => {
    await database.apply(recorded(story));
    expect(await one(1)).toMatchObject({
      stage: { key: 'UnderConstruction', label: '在建' },
      startedOn: '2023-08-01',
      selfRaised: { fen: wan(100) },
      unsourced: { fen: wan(200) },
      approval: { documentNumber: '示例备〔2023〕1号', date: '2023-06-01' },
      lists: [{ title: '示例清单', year: 2023, sequence: 8 }],
    });
    await database.startAnew();
    await database.apply(recorded([...story, reversalOf(story, 11, '2023-09-01')]), 5);
    expect(await one(1)).toMatchObject({ stage: { key: 'Approved' }, startedOn: null });
    expect(await one(7)).toBeNull();
  });

  it('says what blocks each project of the pool', async () => {
    await database.apply(recorded(story));
    const pool = await new PoolHandler(database.dataSource).execute(new PoolQuery({ limit: 10 }));
    expect(
      pool.items.map(({ project, blockedBy }) => [project.name, blockedBy.map(({ label }) => label)]),
    ).toEqual([
      ['示例托育园', []],
      ['示例日间照料中心', ['选址', '用地', '审批', '资金']],
    ]);
    const ready = await new PoolHandler(database.dataSource).execute(
      new PoolQuery({ ready: true, limit: 10 }),
    );
    expect(ready.items).toHaveLength(1);
  });

  it('adds up the list of a year', async () => {
    await database.apply(recorded(story));
    const list = await new AnnualListHandler(database.dataSource).execute(
      new AnnualListQuery({ year: 2023 }),
    );
    expect(list.items.map(({ sequence }) => sequence)).toEqual([7, 8]);
    expect(list.totals).toMatchObject({
      projects: 2,
      unknownTotals: 0,
      totalInvestment: { fen: wan(400) },
      selfRaised: { fen: wan(100) },
    });
  });

  it('shows any stretch of the register in any order, the unknown last, and says how much there is', async () => {
    await database.apply(recorded(story));
    const handler = new ProjectWindowHandler(database.dataSource);
    const window = async (sort: ProjectSort, descending: boolean, offset = 0, limit = 10) => {
      const query = new ProjectWindowQuery({ sort, descending, offset, limit });
      const { total, items } = await handler.execute(query);
      expect(total).toBe(3);
      return items.map(({ id }) => [1, 2, 3].find((n) => projectId(n) === id));
    };
    expect(await window('totalInvestment', true)).toEqual([1, 2, 3]);
    expect(await window('totalInvestment', false)).toEqual([2, 1, 3]);
    expect(await window('stage', true)).toEqual([1, 2, 3]);
    expect(await window('unsourced', false, 1, 1)).toEqual([1]);
    expect(await window('entered', true, 0, 2)).toEqual([3, 2]);
    expect(await window('entered', false, 3, 2)).toEqual([]);
    await expect(window('entered', false, 0, 501)).rejects.toMatchObject({ code: 'paging.badLimit' });
  });

  it('adds up what is asked for, a project in two counties once', async () => {
    await database.apply(recorded(story));
    const handler = new ProjectTotalsHandler(database.dataSource);
    const byRegion = await handler.execute(new ProjectTotalsQuery({ groupBy: 'region' }));
    expect(byRegion.groups.map(({ label, projects }) => [label, projects])).toEqual([
      ['示例1县', 1],
      ['示例1县、示例3县', 1],
      ['示例2县', 1],
    ]);
    expect(byRegion.total).toEqual({
      projects: 3,
      totalInvestment: { fen: wan(400), yuan: '4000000.00' },
      unknownTotals: 1,
      selfRaised: { fen: wan(100), yuan: '1000000.00' },
      unsourced: { fen: wan(300), yuan: '3000000.00' },
    });
    const byYear = await handler.execute(new ProjectTotalsQuery({ groupBy: 'plannedUseYear' }));
    expect(byYear.groups.map(({ label }) => label)).toEqual(['2024年', '未列年份']);
    const none = await handler.execute(new ProjectTotalsQuery({ groupBy: 'stage', q: '没有' }));
    expect(none).toMatchObject({ groups: [], total: { projects: 0, totalInvestment: { fen: '0' } } });
  });

  it('names the divisions that projects stand in, and those above', async () => {
    await database.apply(recorded(story));
    const { items } = await new RegionsInUseHandler(database.dataSource).execute();
    expect(items.map(({ name }) => name)).toEqual(['示例州', '示例1县', '示例2县', '示例3县']);
  });

  it('tells the importer whom it knows in a region', async () => {
    await database.apply(recorded(story));
    const handler = new ProjectIdentitiesHandler(database.dataSource);
    const known = await handler.execute(new ProjectIdentitiesQuery('990103'));
    expect(known).toMatchObject([{ projectId: projectId(2), lists: [{ title: '示例清单', sequence: 7 }] }]);
  });
});

describe('the project timeline', () => {
  it('tells every event in a sentence, and marks the reversed', async () => {
    await database.apply(recorded([...story, reversalOf(story, 11, '2023-09-01')]), 4);
    const handler = new ProjectEventsHandler(database.dataSource);
    const first = await handler.execute(new ProjectEventsQuery(projectId(1), { limit: 4 }));
    const rest = await handler.execute(
      new ProjectEventsQuery(projectId(1), { limit: 4, cursor: first.nextCursor! }),
    );
    expect([...first.items, ...rest.items].map(({ label, summary }) => [label, summary])).toEqual([
      ['入库', '养老项目“示例颐养院ABC”入库，见《示例清单》'],
      ['列入年度清单', '列入 2023 年度《示例清单》'],
      ['资金来源计划', '资金来源：自筹资金 1,000,000.00 元'],
      ['审批（核准、备案）', '备案通过，示例州发展改革委，示例备〔2023〕1号，批复总投资 3,000,000.00 元'],
      ['开工', '项目开工'],
      ['冲销', '冲销“开工”（2023-08-01）：登记有误'],
    ]);
    expect(rest.items[0]?.reversedBy).toMatchObject({ eventId: eventId(12), effectiveDate: '2023-09-01' });
    expect(rest.nextCursor).toBeNull();
  });

  it('tells what was known and in effect by then, and who had been reversed', async () => {
    await database.apply(recorded([...story, reversalOf(story, 11, '2023-09-01')]));
    const handler = new ProjectEventsHandler(database.dataSource);
    const told = async (moment: { asKnownAt?: string; asEffectiveOn?: string }) => {
      const { items } = await handler.execute(new ProjectEventsQuery(projectId(1), { limit: 9, ...moment }));
      return items.map(({ label, reversedBy }) => label + (reversedBy ? '（已冲销）' : ''));
    };
    expect((await told({})).slice(-2)).toEqual(['开工（已冲销）', '冲销']);
    expect((await told({ asKnownAt: '2026-01-12T12:00:00Z' })).at(-1)).toBe('开工');
    expect((await told({ asEffectiveOn: '2023-08-31' })).at(-1)).toBe('开工');
    expect((await told({ asEffectiveOn: '2023-07-31' })).at(-1)).toBe('审批（核准、备案）');
  });
});
