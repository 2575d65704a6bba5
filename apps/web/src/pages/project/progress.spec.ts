import { monthAfter, printPercent, reportsOf, type TimelineEvent } from './progress.js';

const report = (month: string, fen: string, reversed = false): TimelineEvent =>
  ({
    eventId: month,
    type: 'ProgressReported',
    data: { month, completed: { fen, yuan: '' } },
    reversedBy: reversed ? {} : null,
  }) as unknown as TimelineEvent;

it('adds up reports month by month, whenever they came, without those taken back', () => {
  const reports = reportsOf([
    report('2025-03', '5'),
    report('2025-01', '9007199254740993'),
    report('2025-02', '7', true),
  ]);
  expect(reports.map(({ month, cumulativeFen }) => [month, cumulativeFen])).toEqual([
    ['2025-01', '9007199254740993'],
    ['2025-03', '9007199254740998'],
  ]);
});

it('goes from month to month over the year', () => {
  expect([monthAfter('2024-09'), monthAfter('2024-12')]).toEqual(['2024-10', '2025-01']);
});

it('prints a share rounded half up once', () => {
  expect(printPercent('1', '3')).toBe('33.3%');
  expect(printPercent('12345', '100000')).toBe('12.3%');
  expect(printPercent('1235', '10000')).toBe('12.4%');
  expect(printPercent('5', '0')).toBe('—');
  expect(printPercent('5', null)).toBe('—');
});
