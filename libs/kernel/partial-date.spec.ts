import fc from 'fast-check';
import {
  chinaDay,
  earliestDay,
  isPartialDate,
  latestDay,
  parsePartialDate,
  printPartialDate,
  yearOf,
} from './partial-date.js';

const two = (n: number): string => String(n).padStart(2, '0');
const date = fc
  .tuple(
    fc.integer({ min: 1949, max: 2200 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([year, month, day]) =>
    fc.constantFrom(`${year}`, `${year}-${two(month)}`, `${year}-${two(month)}-${two(day)}`),
  );

describe('a date as it was printed', () => {
  it.each([
    ['2023', '2023'],
    ['2023年', '2023'],
    ['2023年底', '2023'],
    ['\uff12\uff10\uff12\uff13年', '2023'],
    ['2023年5月', '2023-05'],
    ['2023.5', '2023-05'],
    ['2023-05', '2023-05'],
    ['2023年12月末', '2023-12'],
    ['2023年5月17日', '2023-05-17'],
    ['2023/5/17', '2023-05-17'],
    ['2023 年 5 月 17 日', '2023-05-17'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is read as %s, with no more precision', (text, expected) => {
    expect(parsePartialDate(text)).toBe(expected);
  });

  it.each([
    '',
    '—',
    '23年',
    '2023年13月',
    '2023-00',
    '2023-02-29',
    '2023-04-31',
    '5月',
    '明年',
    '20230517',
    '3023',
  ])('“%s” is not a date', (text) => {
    expect(() => parsePartialDate(text)).toThrow(
      expect.objectContaining({ code: 'date.unreadable' }) as Error,
    );
  });

  it.each([
    ['2023', '2023-01-01', '2023-12-31'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-04', '2023-04-01', '2023-04-30'],
    ['2023-05-17', '2023-05-17', '2023-05-17'],
  ])('%s means the days from %s to %s', (printed, first, last) => {
    expect(earliestDay(printed)).toBe(first);
    expect(latestDay(printed)).toBe(last);
  });

  it('is printed so that it is read back the same, and lies in its own days', () => {
    fc.assert(
      fc.property(date, (printed) => {
        expect(isPartialDate(printed)).toBe(true);
        expect(parsePartialDate(printPartialDate(printed))).toBe(printed);
        expect(earliestDay(printed) <= latestDay(printed)).toBe(true);
        expect([earliestDay(printed), latestDay(printed)].map(yearOf)).toEqual([
          yearOf(printed),
          yearOf(printed),
        ]);
        expect([earliestDay(printed), latestDay(printed)].every(isPartialDate)).toBe(true);
      }),
    );
  });

  it('today is the day in China', () => {
    expect(chinaDay(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(chinaDay(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
  });
});
