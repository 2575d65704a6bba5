import type { ItemScore } from '../events.js';
import { printPoints, scoredSheet } from './score.js';
import { DEFAULT_SHEET } from './template.js';

const share = (part: number, of: number) => ({ part: BigInt(part), of: BigInt(of) });
const score = (item: string, points: string): [string, ItemScore] => [
  item,
  { item, points, evidence: [{ note: '示例' }] },
];
const pointsOf = (sheet: ReturnType<typeof scoredSheet>) =>
  Object.fromEntries(sheet.items.map(({ item, points }) => [item.id, points && printPoints(points)]));

it('the weights of the shipped sheet add up to 100, and it says that it is ours', () => {
  expect(DEFAULT_SHEET.items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  expect(new Set(DEFAULT_SHEET.items.map(({ id }) => id)).size).toBe(DEFAULT_SHEET.items.length);
  expect(DEFAULT_SHEET.note).toBe('本系统拟定，待主管部门确认');
});

it('derives points exactly, caps them at the weight, and rounds once, in the sum too', () => {
  const measures = { startRate: share(2, 3), inUseRate: share(1, 3), paymentRate: share(7, 6) };
  const sheet = scoredSheet(DEFAULT_SHEET, measures, new Map([score('E1', '8.25')]));
  expect(pointsOf(sheet)).toMatchObject({ B1: '6.67', B2: '5.00', C2: '10.00', E1: '8.25' });
  // 20/3 + 5 + 10 + 8.25 = 29.91666…; the sum of the printed points would be the same or not, and is not asked.
  expect([printPoints(sheet.total), sheet.weightScored, sheet.weightOpen]).toEqual(['29.92', 45, 55]);
});

it('leaves open what nothing is known of: no points are not zero points', () => {
  const sheet = scoredSheet(DEFAULT_SHEET, { startRate: share(0, 5), inUseRate: share(0, 0) }, new Map());
  expect(pointsOf(sheet)).toMatchObject({ A1: null, B1: '0.00', B2: null, E1: null });
  expect([sheet.weightScored, sheet.weightOpen]).toEqual([10, 90]);
});
