import { actualText, plannedText } from './capacity-text.js';

it('keeps a range a range and leaves the unknown out', () => {
  expect(plannedText({ beds: { low: 100, high: 200 }, places: { low: 60, high: 60 } })).toBe(
    '养老床位 100—200 张，托位 60 个',
  );
  expect(plannedText({})).toBe('');
  expect(actualText({ beds: 0 })).toBe('养老床位 0 张');
  expect(actualText(null)).toBe('');
});
