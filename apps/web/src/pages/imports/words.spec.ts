import { placeOf, rowsOf, sideText, type RowReport } from './words.js';

const row = (outcome: RowReport['outcome'], errors: number): RowReport => ({
  sheet: '清单',
  row: 5,
  name: '福利院',
  outcome,
  events: [],
  warnings: [],
  errors: Array.from({ length: errors }, () => ({ code: 'x', message: '金额无法识别' })),
});

it('shows the rows asked for', () => {
  const rows = [row('recorded', 0), row('held', 1)];
  expect(rowsOf(rows, 'all')).toHaveLength(2);
  expect(rowsOf(rows, 'attention')).toEqual([rows[1]]);
  expect(rowsOf(rows, 'held')).toEqual([rows[1]]);
  expect(rowsOf(rows, 'revised')).toEqual([]);
});

it('says where to look, as far as it is known', () => {
  expect(placeOf({ sheet: '清单', row: 22, column: 'H' })).toBe('“清单” 第 22 行 H 列');
  expect(placeOf({ row: 3 })).toBe('第 3 行');
});

it('tells an unknown side from an empty one', () => {
  expect([sideText(undefined), sideText({ fen: '100', yuan: '1.00' }), sideText(['a'])]).toEqual([
    '未知',
    '1.00 元',
    '["a"]',
  ]);
});
