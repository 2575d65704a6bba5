import type { Json } from '#libs/kernel/json.js';
import { figureLabel, figureText } from './figure-words.js';

it.each([
  ['allocatedFen', '下达（万元）'],
  ['completedInvestmentFen', '完成投资（万元）'],
  ['disbursementOfFen', '拨付率：分母（万元）'],
  ['startPart', '开工率：分子'],
  ['inUsePercent', '投用率（%）'],
  ['stockAtYearEnd', '年末存量'],
  ['part', '部分'],
  ['newer', 'newer'],
])('%s is called %s', (figure, label) => {
  expect(figureLabel(figure)).toBe(label);
});

it.each<[string, Json, string]>([
  ['allocatedFen', '1234567800', '1,234.5678'],
  ['allocatedFen', '-1', '-0.000001'],
  ['allocatedFen', null, '—'],
  ['projects', 0, '0'],
  ['points', '8.50', '8.50'],
  ['exact', '17', '17'],
  ['exact', '62795/24292', '≈2.585007'],
  ['low', '-1/3', '≈-0.333333'],
  ['code', '1/3', '1/3'],
  ['onlyRounded', true, '是'],
  ['category', 'Childcare', '托育'],
  ['severity', 'error', '问题'],
  ['regions', ['990101', '990102'], '示例1县、示例2县'],
  ['startedOn', '2025-03', '2025年3月'],
  ['events', [], '无'],
  ['numerator', { quantity: 'places', explanation: '2022年末基期 12559个' }, '2022年末基期 12559个'],
  ['ruleSet', { id: 'default', version: 1 }, '{"id":"default","version":1}'],
])('%s of %j is read as %s', (figure, value, read) => {
  expect(figureText(figure, value)).toBe(read);
});
