import type { PlanImportReport, PlanRowReport } from '#libs/exchange/plan/plan-importer.js';
import type { Table } from '../output/table.js';
import { OUTCOMES } from './import-tables.js';

/** What became of the file, in one line. */
export function planImportSummary({
  dryRun,
  fileName,
  planId,
  title,
  outcomes,
  events,
}: PlanImportReport): Table {
  const keys = Object.keys(OUTCOMES) as PlanRowReport['outcome'][];
  return {
    title: `${dryRun ? '试导入（未记录任何内容）' : '导入'}：${fileName} → ${title}（${planId}）`,
    columns: [
      ...keys.map((key) => ({
        header: OUTCOMES[key][dryRun ? 'wouldBe' : 'done'],
        align: 'right' as const,
      })),
      { header: '事件', align: 'right' },
    ],
    rows: [[...keys.map((key) => String(outcomes[key])), String(events)]],
  };
}

/** The rows that something is to be said about; in a dry run and for programs, every row. */
export function planImportRows(report: PlanImportReport, all: boolean): Table {
  const rows = report.rows.filter((row) => all || report.dryRun || needsAttention(row));
  return {
    title: `各行情况（${rows.length} 行）`,
    columns: [
      { header: '工作表', maxWidth: 16 },
      { header: '行', align: 'right' },
      { header: '名称', maxWidth: 40 },
      { header: '结果' },
      { header: '说明', maxWidth: 60 },
    ],
    rows: rows.map(({ sheet, row, name, outcome, warnings, errors }) => [
      sheet,
      String(row),
      name,
      OUTCOMES[outcome][report.dryRun ? 'wouldBe' : 'done'],
      [
        ...errors.map(({ message }) => `错误：${message}`),
        ...warnings.map(({ message }) => `提示：${message}`),
      ].join('；'),
    ]),
  };
}

const needsAttention = ({ outcome, warnings, errors }: PlanRowReport): boolean =>
  outcome === 'held' || outcome === 'revised' || warnings.length + errors.length > 0;
