import type { TimelineEntry } from '#libs/read-models/timeline/queries.js';
import type { Table } from '../output/table.js';

/** A project's events in the order recorded. */
export function eventsTable(projectId: string, entries: readonly TimelineEntry[]): Table {
  return {
    title: `项目 ${projectId} 的事件（${entries.length} 条）`,
    columns: [
      { header: '序', align: 'right' },
      { header: '业务日期' },
      { header: '事件' },
      { header: '内容', maxWidth: 60 },
      { header: '经办', maxWidth: 24 },
      { header: '记录时间（UTC）' },
      { header: '状态' },
    ],
    rows: entries.map((entry) => [
      String(entry.revision),
      entry.effectiveDate,
      entry.label,
      entry.summary,
      `${entry.actor.unit} ${entry.actor.user}`,
      entry.recordedAt.slice(0, 19).replace('T', ' '),
      entry.reversedBy ? '已冲销' : '',
    ]),
  };
}
