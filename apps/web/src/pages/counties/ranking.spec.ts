import { lengthOf, ranking, ranksOf, shadeOf, type Row, type Value } from './ranking.js';

const exactly = (low: string): Value => ({ value: { low, high: low, printed: low }, why: null });
const atLeast = (low: string): Value => ({ value: { low, high: null, printed: `≥${low}` }, why: null });
const unknown: Value = { value: null, why: '没有登记常住人口' };

it('ranks unrounded, lets equal values share a rank, and ranks no bound and nothing unknown', () => {
  const values = [exactly('1/3'), exactly('0.3333'), exactly('2/6'), atLeast('9'), unknown];
  expect(ranksOf(values, 'up')).toEqual([1, 3, 1, undefined, undefined]);
  expect(ranksOf(values, 'down')).toEqual([2, 1, 2, undefined, undefined]);
});

it('puts the ranked first and leaves the others in their order', () => {
  const rows = [unknown, exactly('2'), atLeast('5'), exactly('10')].map((value, n): Row => ({
    region: { code: String(n), name: `示例${n}县` },
    values: [value],
  }));
  expect(ranking(rows, 0, 'up').map(({ row, rank }) => [row.region.code, rank])).toEqual([
    ['3', 1],
    ['1', 2],
    ['0', undefined],
    ['2', undefined],
  ]);
});

it('shades by quarters of those ranked, and one alone not at all', () => {
  expect([1, 2, 5, 8].map((rank) => shadeOf(rank, 8))).toEqual([0, 0, 2, 3]);
  expect([shadeOf(1, 1), shadeOf(undefined, 8)]).toEqual([undefined, undefined]);
});

it('draws a bar as long as the value', () => {
  expect([lengthOf(exactly('62795/24292')), lengthOf(exactly('-1.5')), lengthOf(unknown)]).toEqual([
    2.585007, -1.5, 0,
  ]);
});
