import { rowsInView } from './use-row-window.js';

it.each([
  ['at the top', 0, 340, 1000, { first: 0, end: 30 }],
  ['in the middle', 3400, 340, 1000, { first: 80, end: 130 }],
  ['at the end', 33_660, 340, 1000, { first: 970, end: 1000 }],
  ['of few rows', 0, 340, 3, { first: 0, end: 3 }],
  ['of none', 0, 340, 0, { first: 0, end: 0 }],
])('draws the rows in view %s and a few around them', (_, top, height, count, drawn) => {
  expect(rowsInView(top, height, 34, count)).toEqual(drawn);
});
