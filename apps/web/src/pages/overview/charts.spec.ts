import { barLength, behindBar, countsOption, rangeText, sourceByYear } from './charts.js';

const planned = (...each: [source: string, fen: string][]) =>
  each.map(([key, fen]) => ({ source: { key, label: key }, amount: { fen, yuan: '' } }));
const overview = {
  byUseYear: [
    { year: 2023, planned: planned(['BankLoan', '3']), unsourced: { fen: '2' } },
    { year: 2024, planned: planned(['SelfRaised', '5']), unsourced: null },
    { year: null, planned: planned(['SelfRaised', '7']), unsourced: { fen: '0' } },
  ],
  byBudgetYear: [{ year: 2025, planned: planned(['SelfRaised', '12'], ['BankLoan', '3']) }],
} as unknown as Parameters<typeof sourceByYear>[0];

it('stands sources on each other by year of use, 来源未列 on top, years without a number last', () => {
  expect(sourceByYear(overview, 'plannedUseYear')).toEqual({
    years: [
      { key: '2023', label: '2023年' },
      { key: '2024', label: '2024年' },
      { key: 'none', label: '未列年份' },
    ],
    sources: [
      { key: 'SelfRaised', label: '自筹资金', fen: ['0', '5', '7'] },
      { key: 'BankLoan', label: '银行贷款', fen: ['3', '0', '0'] },
      { key: 'Unsourced', label: '来源未列', fen: ['2', '0', '0'] },
    ],
  });
});

it('knows no 来源未列 of a budget year', () => {
  const { years, sources } = sourceByYear(overview, 'year');
  expect([years.map(({ key }) => key), sources.map(({ fen }) => fen)]).toEqual([['2025'], [['12'], ['3']]]);
});

it('opens behind a bar the lines that it adds up, or the projects that lack a source', () => {
  expect(behindBar('plannedUseYear', 'BankLoan', 'none')).toEqual({
    path: '/journal',
    query: { stage: 'planned', source: 'BankLoan', plannedUseYear: 'none' },
  });
  expect(behindBar('plannedUseYear', 'Unsourced', '2023')).toMatchObject({
    path: '/projects',
    query: { plannedUseYear: '2023', sort: 'unsourced' },
  });
});

it('makes bars as long as the amounts in the unit of the screen', () => {
  expect([barLength('39045000000', '万元'), barLength('150', '元')]).toEqual([39045, 1.5]);
});

it('draws a range as its certain part and the rest, and prints both ends', () => {
  const counts = { beds: { planned: { low: 350, high: 450 }, commissioned: 120 } };
  const option = countsOption(
    [
      { year: 2025, counts },
      { year: null, counts },
    ] as never,
    'beds',
  ) as {
    series: { data: number[] }[];
  };
  expect(option.series.map(({ data }) => data)).toEqual([[350], [100], [120]]);
  expect([rangeText({ low: 350, high: 450 }), rangeText({ low: 200, high: 200 })]).toEqual([
    '350–450',
    '200',
  ]);
});
