import { ApiProblem } from '../../api/problem.js';
import { faultAt, nothingTyped, scoresOf } from './scores.js';

const typed = {
  E1: {
    ...nothingTyped(),
    points: ' 8.5 ',
    documents: '示例评〔2026〕1号\n\n 示例评〔2026〕2号',
    note: '座谈',
  },
  E2: nothingTyped(),
  F1: { ...nothingTyped(), points: '11' },
};

it('sends the items something was typed for, each document on its own', () => {
  expect(scoresOf(typed)).toEqual([
    {
      item: 'E1',
      points: '8.5',
      evidence: [
        { documentNumber: '示例评〔2026〕1号' },
        { documentNumber: '示例评〔2026〕2号' },
        { note: '座谈' },
      ],
    },
    { item: 'F1', points: '11', evidence: [] },
  ]);
});

it('says a fault at the field of its item, whether the server names its place or its item', () => {
  const scores = scoresOf(typed);
  const invalid = new ApiProblem('request.invalid', '', 400, [
    { pointer: '/scores/1/evidence', message: '至少 1 项' },
  ]);
  expect(faultAt(invalid, scores, 'F1', 'evidence')).toBe('至少 1 项');
  expect(faultAt(invalid, scores, 'E1', 'evidence')).toBeUndefined();
  const over = new ApiProblem('evaluation.pointsOverWeight', '超过', 422, [], { item: 'F1' });
  expect(faultAt(over, scores, 'F1', 'points')).toBe('超过');
  expect(faultAt(over, scores, 'F1', 'evidence')).toBeUndefined();
});
