import { moneyView } from '#libs/kernel/money.js';
import { MONEY_PLACES, type MoneyPlace } from '#libs/projects/domain/vocabulary.js';
import type { PlanDocumentTrace } from '#libs/read-models/lots/queries.js';
import { documentTraceTables } from './trace-tables.js';

const wan = (amount: number) => moneyView(BigInt(amount) * 1_000_000n);

/** A document of 100 万元, drawn by one project, whose money stands at these places. */
function traceOf(at: Partial<Record<MoneyPlace, number>>): PlanDocumentTrace {
  const now = Object.fromEntries(
    Object.keys(MONEY_PLACES).map((place) => [place, wan(at[place as MoneyPlace] ?? 0)]),
  );
  const project = { id: 'p', name: '示例福利院' };
  const drawn = { line: wan(100), drawn: wan(100), remainder: wan(0), pending: wan(0), now };
  const source = { key: 'CentralBudgetInvestment', label: '中央预算内投资' };
  const document = { documentNumber: '示例8号', budgetYear: 2025, source, total: wan(100), ...drawn };
  return { document, ...drawn, projects: [{ project, ...drawn }], lots: [] } as unknown as PlanDocumentTrace;
}
const printed = (at: Partial<Record<MoneyPlace, number>>) => {
  const [{ columns, rows, totals }] = documentTraceTables(traceOf(at), '万元') as [
    ReturnType<typeof documentTraceTables>[0],
  ];
  return {
    headers: columns.map(({ header }) => header).slice(4),
    row: rows[0]!.slice(4),
    total: totals![0]!.slice(4),
  };
};

it('names returned surplus and money between two projects where there is some, so that a row adds up', () => {
  const { headers, row, total } = printed({ paid: 90, returned: 7, reallocated: 3 });
  expect(headers).toEqual([
    ...['现在下达', '现在拨付', '现在到位', '现在支付', '现在收回', '现在结余上缴', '现在调剂在途', '未完成'],
  ]);
  expect([row, total]).toEqual([
    ['0', '0', '0', '90', '0', '7', '3', '0'],
    ['0', '0', '0', '90', '0', '7', '3', '0'],
  ]);
});

it('leaves those two out where there is nothing', () => {
  expect(printed({ paid: 100 }).headers).not.toContain('现在结余上缴');
});
