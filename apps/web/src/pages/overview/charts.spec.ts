import { barLength, countsOption, rangeText, sourceByYear, yearsCovered } from './charts.js';

type Ledger = Parameters<typeof sourceByYear>[0];
const row = (year: number | null, source: string | null, planned: string, unsourced = '0') => ({
  plannedUseYear: year,
  source: source && { key: source, label: source },
  amounts: { planned: { fen: planned } },
  unsourced: { fen: unsourced },
});
const ledger = (...rows: object[]): Ledger => ({ rows }) as unknown as Ledger;

it('stands sources on each other by year, 来源未列 on top, years without a number last', () => {
  const bySource = ledger(
    row(2024, 'SelfRaised', '5'),
    row(null, 'SelfRaised', '7'),
    row(2023, 'BankLoan', '3'),
    row(2023, null, '9'),
  );
  const byYear = ledger(row(2023, null, '0', '2'), row(2024, null, '0'), row(null, null, '0'));
  expect(sourceByYear(bySource, byYear, 'plannedUseYear')).toEqual({
    years: [
      { key: '2023', label: '2023年' },
      { key: '2024', label: '2024年' },
      { key: 'none', label: '未列年份' },
    ],
    sources: [
      { key: 'SelfRaised', label: 'SelfRaised', fen: ['0', '5', '7'] },
      { key: 'BankLoan', label: 'BankLoan', fen: ['3', '0', '0'] },
      { key: 'Unsourced', label: '来源未列', fen: ['2', '0', '0'] },
    ],
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

it('covers the planned years and this one, never more than ten away', () => {
  expect(yearsCovered(['2023', '2025', null], 2026)).toEqual({ from: 2023, to: 2026 });
  expect(yearsCovered(['1950', '2190'], 2026)).toEqual({ from: 2016, to: 2036 });
  expect(yearsCovered([], 2026)).toEqual({ from: 2026, to: 2026 });
});
