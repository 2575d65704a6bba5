import { Refusal } from '#libs/kernel/refusal.js';
import { columnLetter, parseAddress, type Sheet } from '../table/sheet.js';
import { LIST_WORDS } from './columns.js';
import { IGNORED, keyOf, meaningOfKey, type ColumnMeaning } from './meanings.js';

/** What whoever imports says that a column means, where its header says it badly or wrongly. */
export interface ColumnReading {
  /** May be left out where only one sheet is visible. */
  sheet?: string;
  /** Letter of the column: `F`. */
  column: string;
  /** A key of a meaning (`total`), a header that is understood (`总投资`), or `ignored`. */
  meaning: string;
}

/** A reading with its sheet, and its meaning by its key: one way to say one thing, in the order of the file. */
export type PlacedReading = Required<ColumnReading>;

/** What is said of the columns of one sheet, by their number. */
export type Said = ReadonlyMap<number, ColumnMeaning | typeof IGNORED>;

/**
 * Finds the columns that readings speak of.
 * @throws Refusal `import.columnUnknown` | `import.columnSaidTwice` | `import.meaningUnknown`
 */
export function placeReadings(sheets: readonly Sheet[], readings: readonly ColumnReading[]): PlacedReading[] {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const placed = readings.map((reading) => place(visible, reading));
  const order = ({ sheet, column }: PlacedReading) =>
    visible.findIndex(({ name }) => name === sheet) * 1000 + numberOf(column);
  placed.sort((a, b) => order(a) - order(b));
  const twice = placed.find((one, n) => n > 0 && order(one) === order(placed[n - 1]!));
  if (twice)
    throw refusal('columnSaidTwice', `工作表“${twice.sheet}”的${twice.column}列指定了两次含义`, twice);
  return placed;
}

export const saidOf = (sheet: string, readings: readonly PlacedReading[]): Said =>
  new Map(
    readings
      .filter((reading) => reading.sheet === sheet)
      .map(({ column, meaning }) => [numberOf(column), meaningOfKey(meaning) ?? IGNORED]),
  );

function place(visible: readonly Sheet[], reading: ColumnReading): PlacedReading {
  const { sheet: name, meaning } = reading;
  const column = reading.column.toUpperCase();
  const names = visible.map((sheet) => `“${sheet.name}”`).join('、');
  if (name === undefined && visible.length > 1) {
    const message = `文件有${visible.length}个工作表（${names}），请写明${column}列在哪一个工作表`;
    throw refusal('columnUnknown', message, reading);
  }
  const sheet = name === undefined ? visible[0] : visible.find((one) => one.name === name);
  if (!sheet) throw refusal('columnUnknown', `没有工作表“${name ?? ''}”（可见的有${names}）`, reading);
  const last = lastColumnOf(sheet);
  if (!(numberOf(column) <= last)) {
    const message = `工作表“${sheet.name}”没有${column}列，最后一列是${columnLetter(last)}列`;
    throw refusal('columnUnknown', message, reading);
  }
  return { sheet: sheet.name, column, meaning: keyOfMeaning(meaning, sheet.name, column) };
}

function keyOfMeaning(meaning: string, sheet: string, column: string): string {
  const found = meaningOfKey(meaning) ?? LIST_WORDS.meaningOf(meaning);
  if (found) return keyOf(found);
  if (meaning === IGNORED) return IGNORED;
  const message = `工作表“${sheet}”的${column}列不能读作“${meaning}”，清单没有这种列`;
  throw refusal('meaningUnknown', message, { sheet, column, meaning });
}

const numberOf = (letters: string): number => parseAddress(`${letters}1`)?.column ?? Number.NaN;

function lastColumnOf({ rows }: Sheet): number {
  let last = 0;
  for (const row of rows.values()) for (const column of row.keys()) last = Math.max(last, column);
  return last;
}

function refusal(
  code: 'columnUnknown' | 'columnSaidTwice' | 'meaningUnknown',
  message: string,
  { sheet, column, meaning }: ColumnReading,
): Refusal {
  return new Refusal(`import.${code}`, message, { ...(sheet !== undefined && { sheet }), column, meaning });
}
