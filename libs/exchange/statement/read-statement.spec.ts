import { readTable } from '../table/read-table.js';
import { workbookBytes, type TestCell } from '../table/testing/workbook-bytes.js';
import { readStatement } from './read-statement.js';

const HEADER = '日期,凭证/文号,收款单位,金额,资金来源';
const csv = async (...lines: string[]) =>
  readStatement(await readTable(Buffer.from(lines.join('\n')), 's.csv'));

it('reads dates, amounts in the unit named, sources by any of their names, and the optional project', async () => {
  const { lists, lines, errors, warnings } = await csv(
    '示例州财政局国库支付流水(单位:万元),,,,,,',
    `项目名称,项目代码,${HEADER},经办人`,
    '示例福利院,2509-320193-89-01-544060,2025-06-01,示例支〔2025〕1号,示例公司,"1,750.5",中央预算内投资,甲',
    ',—,20250602,,,0.000001,自筹',
    '合计,,,,,1750.500001,',
    '制表人:示例',
  );
  expect(errors).toEqual([]);
  expect(lines).toEqual([
    {
      sheet: 'csv',
      row: 3,
      date: '2025-06-01',
      documentNumber: '示例支〔2025〕1号',
      payee: '示例公司',
      amountFen: '1750500000',
      source: 'CentralBudgetInvestment',
      projectCode: '2509-320193-89-01-544060',
      projectName: '示例福利院',
    },
    { sheet: 'csv', row: 4, date: '2025-06-02', amountFen: '1', source: 'SelfRaised' },
  ]);
  expect(warnings.map(({ code, row }) => `${code} ${row}`)).toEqual(['import.rowIgnored 6']);
  const [list] = lists;
  expect(list).toMatchObject({ sheet: 'csv', headerRow: 2, unit: '万元', lines: 2, totalFen: '1750500001' });
  expect(list!.columns.map(({ column, header, meaning }) => `${column} ${header} ${meaning?.label}`)).toEqual(
    [
      ...['A 项目名称 项目名称', 'B 项目代码 项目代码', 'C 日期 日期', 'D 凭证/文号 凭证/文号'],
      ...['E 收款单位 收款单位', 'F 金额 金额', 'G 资金来源 资金来源', 'H 经办人 undefined'],
    ],
  );
});

it('reads a workbook with a header over two rows, dates as dates, and dates merged over the lines of a day', async () => {
  const rows: TestCell[][] = [
    ['支付明细'],
    ['支付', '凭证号', '收款人', '支付金额', '资金'],
    ['日期', null, null, '(元)', '性质'],
    [{ number: '45809', style: 1 }, '1号', '甲', 100.5, '县级财政'],
    [null, '2号', '乙', 200, '福彩公益金'],
    ['小计', null, null, { formula: 'SUM(D4:D5)', value: '300.5' }],
  ];
  const merged = ['A4:A5', 'B2:B3', 'C2:C3'];
  const bytes = workbookBytes({ sheets: [{ name: '六月', rows, merged }], formats: ['yyyy-mm-dd'] });
  const { lists, lines, errors, warnings } = readStatement(await readTable(bytes, 's.xlsx'));
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  expect(lists).toMatchObject([{ sheet: '六月', headerRow: 3, unit: '元', lines: 2 }]);
  expect(lines.map(({ date, amountFen, source }) => [date, amountFen, source])).toEqual([
    ['2025-06-01', '10050', 'CountyFiscal'],
    ['2025-06-01', '20000', 'WelfareLotteryFund'],
  ]);
});

it('says of every line that cannot be read why', async () => {
  const { lines, errors } = await csv(
    `${HEADER}`,
    '2025-06,1号,甲,1元,自筹资金',
    '2025-06-01,1号,甲,-1元,自筹资金',
    '2025-06-01,1号,甲,100,自筹资金',
    '2025-06-01,1号,甲,100元,彩票',
  );
  expect(lines).toEqual([]);
  expect(errors.map(({ code, row, column }) => `${code} ${column}${row}`)).toEqual([
    'import.dateUnreadable A2',
    'import.amountNegative D3',
    'import.unitMissing D4',
    'import.sourceUnknown E5',
  ]);
});

it('tells a total that its lines do not add up to, and goes on behind a header printed again', async () => {
  const { lines, warnings } = await csv(
    `${HEADER.replace('金额', '金额(元)')}`,
    '2025-06-01,1号,甲,1,自筹资金',
    `${HEADER.replace('金额', '金额(元)')}`,
    '2025-06-01,2号,甲,1,自筹资金',
    '合计,,,3,',
  );
  expect(lines.map(({ row }) => row)).toEqual([2, 4]);
  expect(warnings.map(({ code }) => code)).toEqual(['import.headerRepeated', 'import.totalDiffers']);
  expect(warnings[1]!.message).toContain('3.00元，各行之和为2.00元，相差1.00元');
});

it.each([
  ['no header', ['甲,乙', '1,2'], 'import.headerMissing'],
  ['a column missing', ['日期,收款单位,金额(元),资金来源', '2025-06-01,甲,1,自筹'], 'import.columnMissing'],
  ['two amounts', [`${HEADER},支付金额`, '2025-06-01,1号,甲,1元,自筹,1元'], 'import.columnDoubled'],
  ['no lines', [HEADER], 'import.noRows'],
])('refuses %s', async (_what, lines, code) => {
  await expect(csv(...lines)).rejects.toMatchObject({ code });
});
