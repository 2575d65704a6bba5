import type { RowErrorCode, WarningCode } from '../report/import-codes.js';
import type { ListRow } from './list-row.js';

/** Flags names and sequence numbers that occur more than once, and holds a row that repeats another in everything. */
export function* flagRepeats(rows: readonly ListRow[]): Generator<void, void> {
  for (const same of yield* groups(rows, (row) => row.name || undefined)) {
    for (const row of same) {
      const others = numbers(same, row);
      add(row, 'warnings', 'repeatedName', `项目名称重复（另见第${others}行），名称不能作为识别依据`);
    }
    for (const [first, ...copies] of yield* groups(same, contentOf)) {
      for (const row of copies) {
        add(row, 'errors', 'identicalRow', `与第${first!.row}行内容完全相同，疑为重复填列，请核实`);
        delete row.details;
      }
    }
  }
  for (const same of yield* groups(rows, (row) => row.sequence?.toString())) {
    for (const row of same)
      add(row, 'warnings', 'repeatedSequence', `序号重复（另见第${numbers(same, row)}行）`);
  }
}

/** Rows are read field by field in one order, so equal contents are spelt alike. */
function contentOf({ details, funding, code }: ListRow): string | undefined {
  return details && JSON.stringify([details, funding, code]);
}

function* groups(
  rows: readonly ListRow[],
  keyOf: (row: ListRow) => string | undefined,
): Generator<void, ListRow[][]> {
  const byKey = new Map<string, ListRow[]>();
  for (const row of rows) {
    yield;
    const key = keyOf(row);
    if (key === undefined) continue;
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

const MOST_NAMED = 10;

function numbers(same: readonly ListRow[], row: ListRow): string {
  const others = same.slice(0, MOST_NAMED + 1).filter((other) => other !== row);
  return others.map((other) => other.row).join('、') + (same.length - 1 > MOST_NAMED ? '等' : '');
}

function add(
  row: ListRow,
  kind: 'warnings' | 'errors',
  code: WarningCode | RowErrorCode,
  message: string,
): void {
  row[kind].push({ code: `import.${code}`, message, sheet: row.sheet, row: row.row });
}
