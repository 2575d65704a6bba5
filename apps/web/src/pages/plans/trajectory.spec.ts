import { matching, ALL } from './target-filter.js';
import { distinctTargets, reachOf, trajectoryYears } from './trajectory.js';
import { eventList, grouped, partText, type Part, type Target, type Trajectory } from './words.js';

const coming = (year: number | null, stage: string, low: number, high = low, unknownProjects = 0) => ({
  year,
  stage: { key: stage, label: stage },
  low,
  high,
  projects: 1,
  unknownProjects,
});
const target = (year: number, printed: string, needed: string, attribute: string | null = null) =>
  ({
    year,
    printed,
    needed,
    attribute: attribute && { key: attribute, label: attribute },
    locator: needed,
  }) as Trajectory['targets'][number];

it('adds up what is planned until each year, ranges apart, and leaves out what has no year', () => {
  const rows = trajectoryYears({
    pipeline: [
      coming(2023, 'pooled', 200),
      coming(2025, 'underConstruction', 100, 150, 1),
      coming(2025, 'accepted', 10),
      coming(null, 'pooled', 999),
    ],
    targets: [target(2025, '4.5个', '21863'), target(2025, '4.4个', '21000')],
  });
  expect(rows.map(({ year, pooled, range }) => [year, pooled, range])).toEqual([
    [2023, 200, 0],
    [2024, 200, 0],
    [2025, 200, 50],
  ]);
  expect(rows[2]).toMatchObject({
    accepted: 10,
    underConstruction: 100,
    projects: 3,
    unknownProjects: 1,
    needed: 21863,
  });
  expect(rows[1]!.needed).toBeNull();
  expect(reachOf('12559', rows[2]!)).toEqual({ low: 12869n, high: 12919n });
  expect(reachOf(null, rows[2]!)).toBeNull();
  expect(trajectoryYears({ pipeline: [], targets: [] })).toEqual([]);
});

it('says the same target once, with every place, and binding where one of them says so', () => {
  const targets = [
    target(2025, '4.5个', '1'),
    target(2025, '4.5个', '1', 'Binding'),
    target(2024, '4.5个', '1'),
  ];
  expect(distinctTargets(targets).map(({ places, attribute }) => [places.length, attribute?.key])).toEqual([
    [2, 'Binding'],
    [1, undefined],
  ]);
});

it('filters targets, and those without a year or an attribute by none', () => {
  const one = { year: null, attribute: null, indicator: '床位', printedName: '养老床位' };
  const other = { ...one, year: 2025, verdict: { key: 'missed' }, onlyRounded: true };
  const targets = [{ ...one, verdict: { key: 'open' }, onlyRounded: false }, other] as unknown as Target[];
  const found = (filter: object): number => matching(targets, { ...ALL, ...filter }).length;
  expect([
    found({}),
    found({ year: 'none' }),
    found({ attribute: 'none' }),
    found({ verdict: 'rounded' }),
  ]).toEqual([2, 1, 2, 1]);
  expect([found({ verdict: 'missed' }), found({ q: '养老' }), found({ q: '托位' })]).toEqual([1, 2, 0]);
});

it('prints parts in their unit, money in that of the screen, bounds and ranges as such', () => {
  const part = (low: string | null, high: string | null, unit: string): Part => ({ low, high, unit }) as Part;
  expect(partText(part('4858400', '4858400', '人'), '万元')).toBe('4,858,400 人');
  expect(partText(part('2580', null, '个'), '万元')).toBe('≥ 2,580 个');
  expect(partText(part('350', '450', '张'), '元')).toBe('350–450 张');
  expect(partText(part('388390922.51', '388390922.51', '元'), '万元')).toBe('38,839.092251 万元');
  expect(partText(part('388390922.51', '388390922.51', '元'), '元')).toBe('388,390,922.51 元');
  expect(partText(part(null, null, '人'), '元')).toBe('—');
  expect(grouped('62795/24292')).toBe('62795/24292');
});

it.each([
  ['paid', '/journal', { stage: 'paid' }],
  ['completedInYear', '/journal', { stage: 'completedInvestment', year: '2025' }],
  ['totalInvestment', '/ledger', {}],
  ['institutionBeds', '/capacity', { kind: 'beds', figure: 'commissioned', year: '2025' }],
  ['projectsInUse', '/projects', {}],
])('leads from %s to where all of its events are: %s', (quantity, path, more) => {
  const query = { region: '990100', effective: '2025-12-31', ...more };
  expect(eventList({ quantity, asOf: '2025-12-31' }, '990100')).toMatchObject({ path, query });
});

it('leads from what documents say to no list of events', () => {
  expect(eventList({ quantity: 'residents', asOf: '2020-12-31' }, '990100')).toBeUndefined();
  expect(eventList({ quantity: 'later', asOf: null }, '990100')).toBeUndefined();
});
