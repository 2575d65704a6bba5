import { moneyUnitIn, withoutUnit } from './unit.js';

it.each([
  ['重大项目清单(单位:万元)', '万元'],
  ['单位:亿元', '亿元'],
  ['金额单位:人民币元', '元'],
  ['单位:张、万元', '万元'],
  ['总投资(万元)', '万元'],
  ['总投资\n(亿元)', '亿元'],
  ['总投资/元', '元'],
  ['(万元)', '万元'],
  ['(单位 万元)', '万元'],
  ['单位(亿元)', '亿元'],
  ['总投资万元', '万元'],
  ['自筹资金:元', '元'],
  ['2025年清单,总投资39045万元', undefined],
  ['填报单位:西昌市元宝山公司', undefined],
  ['组织实施单位', undefined],
  ['建筑面积(平方米)', undefined],
])('the unit in %s is %s', (text, unit) => {
  expect(moneyUnitIn(text)).toBe(unit);
});

it.each([
  ['重大项目清单(单位:万元)', '重大项目清单'],
  ['重大项目清单 单位:万元', '重大项目清单'],
  ['重大项目清单(2023)', '重大项目清单(2023)'],
  ['单位:万元', ''],
  ['(单位 万元)', ''],
])('%s without its unit is %s', (text, title) => {
  expect(withoutUnit(text)).toBe(title);
});
