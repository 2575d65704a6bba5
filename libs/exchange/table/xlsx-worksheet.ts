import { dateOfSerial, type NumberFormat } from './number-format.js';
import { plainNumber } from './plain-number.js';
import type { SheetBuilder } from './sheet-builder.js';
import { parseAddress, parseRange, type Cell, type CellKind } from './sheet.js';
import { readXml } from './xml.js';
import type { BoundedZip } from './zip.js';

interface WorkbookParts {
  readonly strings: readonly string[];
  readonly styles: readonly NumberFormat[];
  readonly since1904: boolean;
}

interface OpenCell {
  row: number;
  column: number;
  type: string;
  style: number;
  value: string;
  formula: boolean;
}

/** Streams one worksheet into `builder`; only what a cell shows is kept. */
export async function readWorksheet(
  zip: BoundedZip,
  part: string,
  workbook: WorkbookParts,
  builder: SheetBuilder,
): Promise<void> {
  let row = 0;
  let column = 0;
  let cell: OpenCell | undefined;
  let collecting = false;
  let inPhonetic = false;
  await readXml(zip.text(part), {
    open(tag, attributes) {
      if (tag === 'row') {
        row = Number(attributes['r'] ?? row + 1);
        column = 0;
      } else if (tag === 'c') {
        const at = parseAddress(attributes['r'] ?? '') ?? { row, column: column + 1 };
        ({ row, column } = at);
        const type = attributes['t'] ?? 'n';
        cell = { row, column, type, style: Number(attributes['s'] ?? 0), value: '', formula: false };
      } else if (tag === 'f' && cell) cell.formula = true;
      else if (tag === 'rPh') inPhonetic = true;
      else if (tag === 'v' || tag === 't') collecting = cell !== undefined && !inPhonetic;
      else if (tag === 'mergeCell') {
        const range = parseRange(attributes['ref'] ?? '');
        if (range) builder.merge(range);
      }
    },
    text(text) {
      if (collecting && cell) cell.value += text;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') collecting = false;
      if (tag === 'rPh') inPhonetic = false;
      if (tag !== 'c' || !cell) return;
      builder.add(finished(cell, workbook));
      cell = undefined;
    },
  });
}

function finished(open: OpenCell, workbook: WorkbookParts): Cell {
  const { row, column, type, value } = open;
  const shown =
    type === 'n' ? shownNumber(open, workbook) : { text: shownText(type, value, workbook.strings) };
  const kind: CellKind = type === 'e' ? 'error' : open.formula ? 'formula' : type === 'n' ? 'number' : 'text';
  // A formula without a cached value is still a cell that somebody filled.
  if (open.formula && shown.text === '') return { row, column, text: '（公式无缓存值）', kind: 'formula' };
  return { row, column, kind, ...shown };
}

function shownText(type: string, value: string, strings: readonly string[]): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  return value;
}

function shownNumber({ value, style }: OpenCell, workbook: WorkbookParts): { text: string; scaled?: true } {
  const format = workbook.styles[style] ?? {};
  const plain = plainNumber(value);
  if (plain === undefined) return { text: value };
  if (format.date) return { text: dateOfSerial(plain, format.date, workbook.since1904) ?? plain };
  return { text: plain + (format.unit ?? ''), ...(format.scaled && { scaled: true }) };
}
