import type { CircularTable } from '#libs/circulars/application/figures.js';
import type { SealOutcome } from '#libs/evaluation/application/evaluator.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { evaluationTitle, SECTIONS } from '#libs/evaluation/snapshot/snapshot.js';
import type { EvaluationView } from '#libs/read-models/evaluations/queries.js';
import type { Table } from '../output/table.js';

const OUTCOMES = { recorded: '已封存', repeated: '已封存', unchanged: '此前已封存,内容相同' };

/** The sections of a snapshot with their digests, and what became of it. */
export function snapshotTable(sealed: Sealed, outcome: SealOutcome | undefined): Table {
  const done = outcome ? OUTCOMES[outcome.outcome] : '未封存(--seal 封存)';
  return {
    title: `${evaluationTitle(sealed.region, sealed.year)}:${done}`,
    columns: [
      { header: '部分' },
      { header: '条数', align: 'right' },
      { header: '字节', align: 'right' },
      { header: '摘要(SHA-256)' },
    ],
    rows: sealed.sections.map(({ name, entries, bytes, digest }) => [
      SECTIONS.find((section) => section.name === name)?.label ?? name,
      String(entries),
      String(bytes),
      digest,
    ]),
    notes: [
      `快照摘要 ${sealed.digest}`,
      `事件库 ${sealed.storeId},位置 ${sealed.position},截至 ${sealed.asEffectiveOn} 有效`,
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
      supersededBy ? `已被更正:${supersededBy.reason}` : '有效',
      id,
      digest,
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
