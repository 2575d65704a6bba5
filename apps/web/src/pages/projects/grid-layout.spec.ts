import { chosenColumns } from './columns.js';
import { layoutOf } from './grid-layout.js';

const columns = chosenColumns(['sequence', 'totalInvestment', 'selfRaised']);
const layout = (sum: string) => layoutOf(columns, ({ key }) => (key === 'totalInvestment' ? sum : ''));

it('keeps the first columns at their place and gives what is left to the last', () => {
  expect(columns.map(({ key }) => key)).toEqual(['sequence', 'name', 'totalInvestment', 'selfRaised']);
  expect(layout('').frozenAt).toEqual({ sequence: '0em', name: `${7 * 0.58}em` });
  expect(layout('').template).toMatch(/^4\.0\d*em .+ minmax\(.+, 1fr\)$/u);
});

it('makes room for a sum that is longer than its column', () => {
  const ofTotal = (sum: string) => Number.parseFloat(layout(sum).template.split(' ')[2]!);
  expect(ofTotal('39,045')).toBeCloseTo(15 * 0.58);
  expect(ofTotal('281,317,664,640.10')).toBeCloseTo(22 * 0.58);
});
