import { columnLetter } from '../table/sheet.js';
import { decimalsOf, plainValue } from './plain-value.js';
import { layoutOf, UNIT_ROW, type SheetLayout } from './sheet-layout.js';
import {
  isPrintedNumber,
  isSum,
  placedHeader,
  unitLineOf,
  type ExportSheet,
  type ExportValue,
  type PrintedNumber,
} from './sheet-model.js';
import { MOST_DECIMALS, numberStyle, textStyle, type TextStyle } from './styles-xml.js';
import { xmlText } from './xml-text.js';

/** Codes of paper sizes in a workbook, and how many columns fit a landscape A4. */
const [A3, A4] = [8, 9];
const COLUMNS_OF_A4 = 10;
const HEIGHTS = { title: 36, unit: 20, header: 28 };
/** Text that a spreadsheet would take for a formula if somebody typed it. */
const FORMULA_LIKE = /^[=+\-@]/u;

/**
 * The part `xl/worksheets/sheet1.xml`. Amounts are written as the decimals they are, never by way of a float. The header
 * stays in sight and is printed on every page; the sheet is landscape, as wide as one page. Yields after each row: there
 * may be tens of thousands.
 */
export function* worksheetXml(sheet: ExportSheet): Generator<void, string> {
  const layout = layoutOf(sheet);
  const { headerBottom, lastRow, merged } = layout;
  const lastColumn = columnLetter(sheet.columns.length);
  const widths = sheet.columns.map(
    ({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`,
  );
  const rows = yield* rowsXml(sheet, layout);
  return (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
    `<dimension ref="A1:${lastColumn}${lastRow}"/>` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerBottom}" topLeftCell="A${headerBottom + 1}" ` +
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    '<sheetFormatPr defaultRowHeight="18"/>' +
    `<cols>${widths.join('')}</cols>` +
    `<sheetData>${rows.join('')}</sheetData>` +
    `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` +
    '<printOptions horizontalCentered="1"/>' +
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${sheet.columns.length > COLUMNS_OF_A4 ? A3 : A4}" orientation="landscape" ` +
    'fitToWidth="1" fitToHeight="0"/>' +
    '<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>' +
    '</worksheet>'
  );
}

function* rowsXml(sheet: ExportSheet, layout: SheetLayout): Generator<void, string[]> {
  const { title, scope, unit, about = [], columns, rows, total, notes } = sheet;
  const decimals: number[] = [];
  for (const [n] of columns.entries()) {
    decimals.push(decimalsIn(sheet, n));
    yield;
  }
  const cellXml = (value: ExportValue, n: number, row: number, bold: boolean) => {
    const { kind } = columns[n]!;
    if (isPrintedNumber(value)) return printedXml(value, n, row, bold, layout);
    if (value === null || kind === 'text' || kind === 'word') {
      return textXml(n, row, String(value ?? ''), styleOf(String(value ?? ''), kind, bold));
    }
    const formula = bold && isSum(sheet, n) ? `<f>SUM(${ofRows(n, layout)})</f>` : '';
    const number = plainValue(value, kind, unit);
    return `<c r="${columnLetter(n + 1)}${row}" s="${numberStyle(decimals[n]!, bold)}">${formula}<v>${number}</v></c>`;
  };
  const dataRow = (values: readonly ExportValue[], row: number, bold: boolean) =>
    rowXml(row, values.map((value, n) => cellXml(value, n, row, bold)).join(''));
  const data: string[] = [];
  for (const [n, values] of rows.entries()) {
    data.push(dataRow(values, layout.firstRow + n, false));
    yield;
  }
  return [
    rowXml(1, textXml(0, 1, title, 'title'), HEIGHTS.title),
    rowXml(
      UNIT_ROW,
      textXml(0, UNIT_ROW, scope, 'scope') +
        textXml(layout.scopeColumns, UNIT_ROW, unitLineOf(sheet), 'unit'),
      HEIGHTS.unit,
    ),
    ...about.map(([label, value], n) => {
      const row = UNIT_ROW + 1 + n;
      return rowXml(row, textXml(0, row, label, 'scope') + textXml(1, row, value, 'scope'));
    }),
    ...headerRows(sheet, layout),
    ...data,
    ...(total ? [dataRow(total, layout.totalRow, true)] : []),
    ...notes.map((note, n) => {
      const row = layout.firstNote + n;
      return rowXml(row, textXml(0, row, note, 'scope'));
    }),
  ];
}

/** Every cell of the header has its border, those that a merged one covers as well. */
function headerRows(sheet: ExportSheet, { headerTop }: SheetLayout): string[] {
  const placed = placedHeader(sheet);
  return sheet.header.map((_, r) => {
    const cells = sheet.columns.map((__, column) => {
      const text = placed.find((cell) => cell.row === r && cell.column === column)?.text ?? '';
      return textXml(column, headerTop + r, text, 'header');
    });
    return rowXml(headerTop + r, cells.join(''), HEIGHTS.header);
  });
}

/** All numbers of a column show the same decimals, as many as the most exact of them needs. */
function decimalsIn({ columns, rows, total, unit }: ExportSheet, column: number): number {
  const { kind } = columns[column]!;
  if (kind !== 'amount') return 0;
  let most = 0;
  for (const row of [...rows, ...(total ? [total] : [])]) {
    most = Math.max(most, decimalsOf(plainValue(row[column] ?? null, kind, unit)));
  }
  return most;
}

/** With as many decimals as it is printed with, up to those that a workbook's formats know. */
function printedXml(
  { value, formula }: PrintedNumber,
  column: number,
  row: number,
  bold: boolean,
  { firstRow, totalRow }: SheetLayout,
): string {
  const rows: Record<string, number> = { row, first: firstRow, last: totalRow - 1 };
  const filled = formula?.replace(/\{(row|first|last)\}/gu, (_, name: string) => String(rows[name]));
  const style = numberStyle(Math.min(decimalsOf(value), MOST_DECIMALS), bold);
  return (
    `<c r="${columnLetter(column + 1)}${row}" s="${style}">` +
    `${filled === undefined ? '' : `<f>${xmlText(filled)}</f>`}<v>${value}</v></c>`
  );
}

function ofRows(column: number, { firstRow, totalRow }: SheetLayout): string {
  const letter = columnLetter(column + 1);
  return `${letter}${firstRow}:${letter}${totalRow - 1}`;
}

function styleOf(text: string, kind: string, bold: boolean): TextStyle {
  if (bold) return 'totalText';
  if (kind === 'text') return FORMULA_LIKE.test(text) ? 'quotedText' : 'text';
  return FORMULA_LIKE.test(text) ? 'quotedWord' : 'word';
}

/** Text is an inline string: whatever it starts with, it is never a formula. */
function textXml(column: number, row: number, text: string, style: TextStyle): string {
  const at = `r="${columnLetter(column + 1)}${row}" s="${textStyle(style)}"`;
  if (text === '') return `<c ${at}/>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function rowXml(row: number, cells: string, height?: number): string {
  const size = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${row}"${size}>${cells}</row>`;
}
