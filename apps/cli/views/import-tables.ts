import type { ImportReport, RowOutcome, RowReport } from '#libs/exchange/report/report.js';
import { MEANING_LABELS } from '#libs/exchange/project-list/meanings.js';
import type { ImportListed } from '#libs/read-models/imports/queries.js';
import { regionName } from '#libs/kernel/regions.js';
import type { Table } from '../output/table.js';
import { amount, NONE } from './cells.js';

export const OUTCOMES: Record<RowOutcome, { done: string; wouldBe: string }> = {
  recorded: { done: '已记录', wouldBe: '将记录' },
  revised: { done: '已更新', wouldBe: '将更新' },
  unchanged: { done: '无变化', wouldBe: '无变化' },
  held: { done: '搁置', wouldBe: '将搁置' },
};

/** What became of the file, in a few lines. */
export function importSummary(report: ImportReport): Table {
  const { outcomes, totals, fileProblems, missing, dryRun } = report;
  const word = (outcome: RowOutcome) => OUTCOMES[outcome][dryRun ? 'wouldBe' : 'done'];
  return {
    title: `${dryRun ? '试导入（未记录任何内容）' : '导入'}：${report.fileName} → ${regionName(report.region)}`,
    columns: [
      { header: '项目数', align: 'right' },
      { header: '总投资（万元）', align: 'right' },
      { header: '自筹资金（万元）', align: 'right' },
      ...(Object.keys(OUTCOMES) as RowOutcome[]).map((key) => ({
        header: word(key),
        align: 'right' as const,
      })),
    ],
    rows: [
      [
        String(totals.projects),
        amount(totals.total, '万元'),
        amount(totals.selfRaised, '万元'),
        ...(Object.keys(OUTCOMES) as RowOutcome[]).map((key) => String(outcomes[key])),
      ],
    ],
    notes: [
      ...(report.alreadyImported ? ['同一文件此前已导入，没有重复记录。'] : []),
      ...fileProblems.map(({ severity, message, sheet, row, column }) => {
        const where = [sheet, row && `第${row}行`, column && `${column}列`].filter(Boolean).join(' ');
        return `${severity === 'error' ? '错误' : '提示'}${where && `（${where}）`}：${message}`;
      }),
      ...missing.map(({ name, listTitle }) => `“${listTitle}”中原有的“${name}”不在此文件中，保持原样。`),
    ],
  };
}

/** How each column was understood, by its header or by hand. */
export function importColumns({ lists }: ImportReport): Table {
  return {
    title: '各列读作',
    columns: [
      { header: '工作表', maxWidth: 16 },
      { header: '列' },
      { header: '表头', maxWidth: 30 },
      { header: '前几个值', maxWidth: 40 },
      { header: '读作' },
    ],
    rows: lists.flatMap(({ sheet, columns = [] }) =>
      columns.map(({ column, header, samples = [], meaning, byHand }) => [
        sheet,
        column,
        header || NONE,
        samples.join('、'),
        (meaning === undefined ? '不读取' : (MEANING_LABELS[meaning] ?? meaning)) +
          (byHand ? '（指定）' : ''),
      ]),
    ),
  };
}

/** The rows that something is to be said about; in a dry run and for programs, every row. */
export function importRows(report: ImportReport, all: boolean): Table {
  const rows = report.rows.filter((row) => all || report.dryRun || needsAttention(row));
  return {
    title: `各行情况（${rows.length} 行）`,
    columns: [
      { header: '工作表', maxWidth: 16 },
      { header: '行', align: 'right' },
      { header: '序号', align: 'right' },
      { header: '项目名称', maxWidth: 40 },
      { header: '结果' },
      { header: '说明', maxWidth: 60 },
    ],
    rows: rows.map((row) => [
      row.sheet,
      String(row.row),
      row.sequence === undefined ? NONE : String(row.sequence),
      row.name,
      OUTCOMES[row.outcome][report.dryRun ? 'wouldBe' : 'done'],
      [
        ...row.errors.map(({ message, column }) => `错误${column ? `（${column}列）` : ''}：${message}`),
        ...row.warnings.map(({ message, column }) => `提示${column ? `（${column}列）` : ''}：${message}`),
        ...(row.changes ?? []).map(({ field }) => `更改：${field}`),
      ].join('；'),
    ]),
  };
}

/** Imports on record, each by its latest report. */
export function importsTable(items: readonly ImportListed[]): Table {
  return {
    title: `导入记录（${items.length} 次）`,
    columns: [
      { header: '记录时刻' },
      { header: '文件', maxWidth: 36 },
      { header: '地区' },
      { header: '业务日期' },
      { header: '项目数', align: 'right' },
      { header: '总投资（万元）', align: 'right' },
      ...(Object.keys(OUTCOMES) as RowOutcome[]).map((key) => ({
        header: OUTCOMES[key].done,
        align: 'right' as const,
      })),
      { header: '记录人' },
      { header: '导入标识' },
    ],
    rows: items.map(({ outcomes, totals, actor, ...item }) => [
      item.recordedAt,
      item.fileName,
      regionName(item.region),
      item.effectiveDate,
      String(totals.projects),
      amount(totals.total, '万元'),
      ...(Object.keys(OUTCOMES) as RowOutcome[]).map((key) => String(outcomes[key])),
      actor.user,
      item.importId,
    ]),
  };
}

function needsAttention({ outcome, warnings, errors }: RowReport): boolean {
  return outcome === 'held' || outcome === 'revised' || warnings.length > 0 || errors.length > 0;
}
