import { grouped } from '#libs/kernel/grouped.js';
import type { Column } from './columns.js';
import type { ListRow, SourceColumn } from './list-row.js';

/** The columns of a list by what they mean, found once for all its rows. */
export class ListColumns {
  readonly sources: readonly SourceColumn[];
  readonly fields: ListRow['fields'];
  private readonly byField: ReadonlyMap<Column['field'], readonly Column[]>;

  constructor(columns: readonly Column[]) {
    this.byField = grouped(columns, ({ field }) => field);
    this.sources = columns.flatMap(sourceOf);
    this.fields = new Set(columns.flatMap(({ field }) => (field === 'source' ? [] : [field])));
  }

  of(field: Column['field']): readonly Column[] {
    return this.byField.get(field) ?? [];
  }
}

function sourceOf(column: Column): SourceColumn[] {
  if (column.field !== 'source') return [];
  return [{ source: column.source, ...(column.level && { level: column.level }) }];
}
