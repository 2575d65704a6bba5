import { readRows, type TypedRow } from './submission.js';

const row = (figure: TypedRow['figure'], value: string, more: Partial<TypedRow> = {}): TypedRow => ({
  figure,
  value,
  unknown: false,
  source: '统计台账',
  documentNumber: '',
  ...more,
});

it('reads counts and money as people type them, money in the unit of the screen', () => {
  const rows = [
    row('institutionBeds', '1,200'),
    row('lotteryFund', '12.5', { documentNumber: ' 示〔2025〕1号 ' }),
  ];
  expect(readRows(rows, '万元').figures).toEqual([
    { figure: 'institutionBeds', value: '1200', source: '统计台账' },
    { figure: 'lotteryFund', value: '12500000', source: '统计台账', documentNumber: '示〔2025〕1号' },
  ]);
  expect(readRows(rows, '元').figures?.[1]?.value).toBe('1250');
});

it('tells what was forgotten from what is not known', () => {
  const rows = [
    row('places', ''),
    row('inclusivePlaces', '', { unknown: true }),
    row('residents', '5', { source: ' ' }),
  ];
  const { figures, faults } = readRows(rows, '元');
  expect(figures).toBeUndefined();
  expect([...faults.keys()]).toEqual(['places', 'residents']);
  expect(readRows(rows.slice(1, 2), '元').figures).toEqual([
    { figure: 'inclusivePlaces', value: null, source: '统计台账' },
  ]);
});

it.each(['-1', '1.5', '约100', '01'])('does not take %s for a count', (value) => {
  expect(readRows([row('places', value)], '元').faults.get('places')).toBe('应为非负整数');
});

it('says with the figures that a part is more than its whole', () => {
  const { figures, conflict } = readRows([row('places', '100'), row('inclusivePlaces', '120')], '元');
  expect(figures).toBeUndefined();
  expect(conflict).toBe('“普惠托位”120 大于“托位”100');
});
