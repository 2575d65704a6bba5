import { comparedRows, figureLabel, printFigure, sectionLabel, type YearOnYearItem } from './words.js';

it('says sections and figures in Chinese, amounts with their unit', () => {
  expect(sectionLabel('ledger')).toBe('投资台账');
  expect(sectionLabel('later')).toBe('later');
  expect(figureLabel('completedPartFen', '万元')).toBe('完成投资率·分子（万元）');
  expect(figureLabel('startPart', '元')).toBe('开工率·分子');
  expect(figureLabel('laterFen', '元')).toBe('later（元）');
});

it.each([
  ['totalFen', '2895600000', '万元', '2,895.6'],
  ['totalFen', '1', '元', '0.01'],
  ['totalFen', null, '元', '—'],
  ['points', '8.50', '元', '8.50'],
  ['verdict', 'missed', '元', '未达到'],
  ['onlyRounded', true, '元', '是'],
  ['stockAtYearEnd', 9140, '元', '9140'],
  ['evidence', [{ documentNumber: '示例评〔2026〕1号' }], '元', '示例评〔2026〕1号'],
  ['evidence', [], '元', '无'],
  ['events', ['a', 'b'], '元', '2 个事件'],
] as const)('prints %s %j in %s as %s', (figure, value, unit, text) => {
  expect(printFigure(figure, value, unit)).toBe(text);
});

it('compares one section, what differs or all', () => {
  const item = (section: string, before: unknown, now: unknown): YearOnYearItem =>
    ({ section, before, now }) as YearOnYearItem;
  const items = [item('rates', '1', '2'), item('rates', '1', '1'), item('ledger', '1', '2')];
  expect(comparedRows(items, 'rates', false)).toEqual([items[0]]);
  expect(comparedRows(items, 'rates', true)).toHaveLength(2);
});
