import { printYuan } from '#libs/kernel/money.js';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { ReconciliationReport } from '#libs/reconciliation/application/reconciler.js';
import type { LedgerItem, StatementLine } from '#libs/reconciliation/domain/match.js';
import {
  DIFFERENCES,
  MATCH_BASES,
  RECONCILED_KINDS,
  RECONCILIATION_OUTCOMES,
} from '#libs/reconciliation/domain/vocabulary.js';
import type { Column, Table } from '../output/table.js';
import { NONE } from './cells.js';

const yuan = (fen: string): string => printYuan(BigInt(fen));
const text = (header: string): Column => ({ header, maxWidth: 30 });
const number = (header: string): Column => ({ header, align: 'right' });

/**
 * What a comparison came to, its sums by source, every pair, and what each side has alone; amounts in 元.
 * @param from the first day of the period, where it was given
 */
export function reconciliationTables(report: ReconciliationReport, from?: string) {
  const { result, scope, dryRun, repeats, matches, rejected, statementOnly, ledgerOnly, warnings } = report;
  const { exact, document, proposed } = result.matched;
  const confirmed = result.confirmed?.count ?? 0;
  const outcome = RECONCILIATION_OUTCOMES[result.outcome];
  return {
    summary: {
      title: `对账${dryRun ? '（试对账，未记录）' : ''}：${outcome}（${scope.from} 至 ${scope.to}）`,
      columns: [...['对账单', '台账'], ...Object.values(MATCH_BASES), ...['对账单独有', '台账独有']].map(
        number,
      ),
      rows: [
        [
          result.statementLines,
          result.ledgerItems,
          exact,
          document,
          confirmed,
          proposed,
          result.statementOnly.count,
          result.ledgerOnly.count,
        ].map(String),
      ],
      notes: [
        ...warnings.map(({ row, message }) => `第${row ?? ''}行：${message}`),
        ...(from === undefined
          ? [
              `期间自对账单最早的日期起；${scope.from} 以前的台账记录没有核对，如应核对，请以 --from 写明第一天。`,
            ]
          : []),
        ...(proposed > 0 && dryRun
          ? ['建议的匹配计为不符；看过以后以 --confirm 或 --reject 加行号确认或否定，再记录。']
          : []),
        ...rejected.map(
          ({ line, item }) => `第${line.row}行与 ${item.project.name} ${item.documentNumber} 已否定。`,
        ),
        ...(repeats ? [`同一文件、同一结果，已于 ${repeats.recordedAt} 记录，没有重复记录。`] : []),
        `对账标识 ${report.reconciliationId}`,
      ],
    },
    balances: {
      title: '按资金来源（单位：元）',
      columns: [text('资金来源'), number('对账单'), number('台账'), number('台账减对账单')],
      rows: result.balances.map(({ source, statementFen, ledgerFen }) => [
        FUNDING_SOURCES[source],
        yuan(statementFen),
        yuan(ledgerFen),
        yuan((BigInt(ledgerFen) - BigInt(statementFen)).toString()),
      ]),
    },
    pairs: {
      title: '已匹配（单位：元）',
      columns: [
        text('行'),
        text('项目'),
        text('种类'),
        text('文号'),
        number('金额'),
        text('依据'),
        text('不同之处'),
      ],
      rows: matches.map(({ line, item, basis, differs }) => [
        String(line.row),
        item.project.name,
        RECONCILED_KINDS[item.kind],
        item.documentNumber,
        yuan(line.amountFen),
        MATCH_BASES[basis],
        differs.map((difference) => DIFFERENCES[difference]).join('、') || NONE,
      ]),
    },
    statementOnly: statementTable(statementOnly),
    ledgerOnly: ledgerTable(ledgerOnly),
  } satisfies Record<string, Table>;
}

function statementTable(lines: readonly StatementLine[]): Table {
  return {
    title: '对账单有、台账没有（单位：元）',
    columns: [text('行'), text('日期'), text('文号'), text('收款单位'), text('资金来源'), number('金额')],
    rows: lines.map((line) => [
      String(line.row),
      line.date,
      line.documentNumber ?? NONE,
      line.payee ?? NONE,
      FUNDING_SOURCES[line.source],
      yuan(line.amountFen),
    ]),
  };
}

function ledgerTable(items: readonly LedgerItem[]): Table {
  return {
    title: '台账有、对账单没有（单位：元）',
    columns: [text('项目'), text('种类'), text('日期'), text('文号'), text('资金来源'), number('金额')],
    rows: items.map((item) => [
      item.project.name,
      RECONCILED_KINDS[item.kind],
      item.date,
      item.documentNumber,
      FUNDING_SOURCES[item.source],
      yuan(item.amountFen),
    ]),
  };
}
