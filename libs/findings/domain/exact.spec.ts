import { addDays, addMonths, dayAfter, nextMonth } from './days.js';
import { cohortOf } from './cohorts.js';
import { Parameters } from './parameters.js';
import { compare, fromDecimal, minus, percentText, printed, rational } from '#libs/kernel/rational.js';

describe('exact figures', () => {
  it.each([
    [1n, 3n, 2, '0.33'],
    [2n, 3n, 2, '0.67'],
    [5n, 1000n, 2, '0.01'],
    [-5n, 1000n, 2, '-0.01'],
    [-4n, 1000n, 2, '0.00'],
    [1n, 2n, 0, '1'],
    [12_559_000n, 4_858_400n, 3, '2.585'],
  ])('prints %d / %d to %d places as %s', (part, of, places, text) => {
    expect(printed(rational(part, of), places)).toBe(text);
  });

  it('compares and subtracts without rounding', () => {
    expect(compare(fromDecimal('0.1'), rational(1n, 10n))).toBe(0);
    expect(compare(rational(1n, 3n), fromDecimal('0.3333333333333333'))).toBe(1);
    expect(compare(minus(fromDecimal('60'), fromDecimal('39.9')), fromDecimal('20'))).toBe(1);
    expect(percentText(1n, 3n)).toBe('33.33');
  });

  it('takes the middle one, or halfway between the two in the middle', () => {
    const costs = (...fen: bigint[]) => cohortOf(fen.map((part) => rational(part, 1n)));
    expect(costs()).toBeUndefined();
    expect(costs(1n, 2n, 9n)).toEqual({ projects: 3, median: rational(2n, 1n) });
    expect(printed(costs(1n, 2n, 3n, 9n)!.median, 1)).toBe('2.5');
  });
});

describe('days', () => {
  it('ends a month where it ends', () => {
    expect(addMonths('2024-08-31', 6)).toBe('2025-02-28');
    expect(addMonths('2023-08-31', 6)).toBe('2024-02-29');
    expect(addMonths('2024-01-15', 24)).toBe('2026-01-15');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(dayAfter('2024-12-31')).toBe('2025-01-01');
    expect(nextMonth('2024-12')).toBe('2025-01');
  });
});

describe('parameters', () => {
  const parameters = new Parameters([
    { name: 'rate', from: '2024-03-01', value: '5', source: '' },
    { name: 'rate', from: '2000-01-01', value: '2', source: '' },
    { name: 'share', from: '2000-01-01', value: '1/3', source: '' },
    { name: 'words', from: '2000-01-01', value: ['甲', '乙'], source: '' },
  ]);

  it('are those in force on the day', () => {
    expect(['1999-01-01', '2024-02-29', '2024-03-01'].map((day) => parameters.whole('rate', day))).toEqual([
      2, 2, 5,
    ]);
    expect(parameters.decimal('share', '2024-01-01')).toEqual(rational(1n, 3n));
    expect(parameters.list('words', '2024-01-01')).toEqual(['甲', '乙']);
  });

  it('are never made up', () => {
    expect(() => parameters.whole('other', '2024-01-01')).toThrow(/no parameter other/u);
    expect(() => parameters.text('words', '2024-01-01')).toThrow(/is a list/u);
  });
});
