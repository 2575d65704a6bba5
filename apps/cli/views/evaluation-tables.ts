import type { ExplainedDifference } from '#libs/evaluation/application/comparisons.js';
import type { CircularTable } from '#libs/circulars/application/figures.js';
import type { SealOutcome } from '#libs/evaluation/application/evaluator.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { sectionLabel } from '#libs/evaluation/snapshot/section-labels.js';
import { evaluationTitle } from '#libs/evaluation/snapshot/snapshot.js';
import type { EvaluationView } from '#libs/read-models/evaluations/queries.js';
import type { YearOnYearRow } from '#libs/evaluation/snapshot/year-on-year.js';
import type { Table } from '../output/table.js';

const OUTCOMES = { recorded: '已封存', repeated: '已封存', unchanged: '此前已封存，内容相同' };

/** The sections of a snapshot with their digests, and what became of it. */
export function snapshotTable(sealed: Sealed, outcome: SealOutcome | undefined): Table {
  const done = outcome ? OUTCOMES[outcome.outcome] : '未封存（--seal 封存）';
  return {
    title: `${evaluationTitle(sealed.region, sealed.year)}：${done}`,
    columns: [
      { header: '部分' },
      { header: '条数', align: 'right' },
      { header: '字节', align: 'right' },
      { header: '摘要（SHA-256）' },
    ],
    rows: sealed.sections.map(({ name, entries, bytes, digest }) => [
      sectionLabel(name),
      String(entries),
      String(bytes),
      digest,
    ]),
    notes: [
      `快照摘要 ${sealed.digest}`,
      `事件库 ${sealed.storeId}，位置 ${sealed.position}，截至 ${sealed.asEffectiveOn} 有效`,
      ...(outcome ? [`评估标识 ${outcome.evaluationId}`] : []),
    ],
  };
}

export function evaluationsTable(items: readonly EvaluationView[]): Table {
  return {
    title: '封存的年度评估',
    columns: ['地区', '年度', '封存时刻', '状态', '标识', '快照摘要'].map((header) => ({ header })),
    rows: items.map(({ region, year, recordedAt, supersededBy, id, digest }) => [
      region.name,
      String(year),
      recordedAt,
      supersededBy ? `已被更正：${supersededBy.reason}` : '有效',
      id,
      digest,
    ]),
  };
}

const KINDS = { added: '新增', removed: '没有了', changed: '改变' };

/** One line a figure; events that explain a line stand at its first figure. */
export function differencesTable(
  { from, to }: { from: Sealed; to: Sealed },
  items: readonly ExplainedDifference[],
): Table {
  return {
    title: `${evaluationTitle(to.region, to.year)}：由 ${from.digest.slice(0, 12)}… 到 ${to.digest.slice(0, 12)}… 的差异`,
    columns: ['部分', '对象', '变化', '数字', '原为', '现为', '其间的事件'].map((header) => ({
      header,
      maxWidth: 40,
    })),
    rows: items.flatMap(({ sectionLabel: section, label, kind, figures, events }) =>
      figures.map(({ figureLabel, fromText, toText }, n) => [
        section,
        label,
        KINDS[kind],
        figureLabel,
        fromText,
        toText,
        n > 0 ? '' : events.map(({ typeLabel, eventId }) => `${typeLabel} ${eventId}`).join('；'),
      ]),
    ),
    notes: items.length === 0 ? ['两次封存的内容相同。'] : [],
  };
}

export function yearOnYearTable({ region, year }: Sealed, items: readonly YearOnYearRow[]): Table {
  return {
    title: `${evaluationTitle(region, year)}：与上一年度比较`,
    columns: [
      ...['部分', '对象', '数字'].map((header) => ({ header, maxWidth: 40 })),
      ...['上年', '本年', '增减'].map((header) => ({ header, align: 'right' as const, maxWidth: 40 })),
    ],
    rows: items.map(({ sectionLabel: section, label, figureLabel, beforeText, nowText, changeText }) => [
      section,
      label,
      figureLabel,
      beforeText,
      nowText,
      changeText,
    ]),
  };
}

export function circularTables(tables: readonly CircularTable[]): Table[] {
  return tables.map(({ title, columns, rows, more, note }) => ({
    title,
    columns: columns.map((header) => ({ header, maxWidth: 60 })),
    rows,
    notes: [...(more > 0 ? [`另有 ${more} 项`] : []), ...(note === null ? [] : [note])],
  }));
}
