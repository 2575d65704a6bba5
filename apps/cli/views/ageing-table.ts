import type { Ageing, AgeingFigures } from '#libs/read-models/lots/queries.js';
import type { Column, Table } from '../output/table.js';
import { amount, type Unit } from './cells.js';

/** For people, the column of what is overdrawn is left out where nothing is. */
export function ageingTable(ageing: Ageing, unit: Unit, plain = false): Table {
  const { agedOn, classes, rows, totals } = ageing;
  const overdrawn = plain || totals.some((total) => total.overdrawn.fen !== '0');
  const figures = (row: AgeingFigures) => [
    ...row.amounts.map((each) => amount(each, unit, plain)),
    ...(overdrawn ? [amount(row.overdrawn, unit, plain)] : []),
    amount(row.balance, unit, plain),
    String(row.lots),
  ];
  const headers = [...classes.map(({ label }) => label), ...(overdrawn ? ['超支'] : []), '合计'];
  return {
    title: `闲置资金账龄，截至 ${agedOn}（单位：${unit}）`,
    columns: [
      ...['环节', '资金来源'].map((header): Column => ({ header })),
      ...headers.map((header): Column => ({
        header: plain ? `${header}（${unit}）` : header,
        align: 'right',
      })),
      { header: '笔数', align: 'right' },
    ],
    rows: rows.map((row) => [
      row.stage.label,
      `${row.source.label}${row.level ? `（${row.level.label}）` : ''}`,
      ...figures(row),
    ]),
    totals: totals.map((total) => [total.stage.label, '合计', ...figures(total)]),
    notes: ['账龄自资金进入该环节之日起算，结转下年、项目间调剂均不重新起算。'],
  };
}
