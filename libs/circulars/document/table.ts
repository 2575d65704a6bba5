import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { CircularTable } from '../application/figures.js';
import { TABLE_UNITS } from '../domain/template.js';
import { FONTS } from './fonts.js';
import { line } from './line.js';
import { CORE, SIZE } from './page.js';
import { printed, widthOf } from './typography.js';

/** Columns of texts up to so many characters are never broken; the others share what is left. */
const NARROW = 8;
/** Longer texts count as long as this when the width is shared. */
const WIDEST = 36;
/** Free at the left and right of a cell's text, in twips. */
const PADDING = 50;
/** Half a character to spare, as fonts that stand in may be wider. */
const SPARE = 0.5;
const NOTE = { size: SIZE.note, pitch: 360 };

/** Title, unit, the table with its header on every page, and what is said below it. */
export function tableParts(table: CircularTable): (Paragraph | Table)[] {
  const { name, title, rows, more, note } = table;
  const unit = TABLE_UNITS[name];
  const centred = { alignment: AlignmentType.CENTER };
  const below = [
    ...(more > 0 ? [`另有${more}项，见系统导出的清单。`] : []),
    ...(note === null ? [] : [`注：${note}`]),
  ];
  return [
    line(title, { font: FONTS.hei, size: SIZE.tableTitle, keepNext: true, ...centred }),
    ...(rows.length === 0
      ? [line('（无）', { ...NOTE, ...centred })]
      : [
          ...(unit
            ? [line(`单位：${unit}`, { ...NOTE, keepNext: true, alignment: AlignmentType.RIGHT })]
            : []),
          grid(table),
        ]),
    ...below.map((text) => line(text, NOTE)),
  ];
}

function grid({ columns, rows }: CircularTable): Table {
  const longest = columns.map((title, n) =>
    Math.max(...[title, ...rows.map((row) => row[n] ?? '')].map(widthOf)),
  );
  const widths = columnWidths(longest);
  const row = (cells: readonly string[], header: boolean) =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text, n) =>
        cell(text, { header, width: widths[n] ?? 0, isNarrow: header || (longest[n] ?? 0) <= NARROW }),
      ),
    });
  return new Table({
    width: { size: CORE.width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [row(columns, true), ...rows.map((cells) => row(cells, false))],
  });
}

/** Widths that fill a line, in twips, of columns whose longest texts are so many characters. */
function columnWidths(longest: readonly number[]): number[] {
  const need = (characters: number) => (characters + SPARE) * SIZE.table * 10 + 2 * PADDING;
  const isWide = (characters: number) => characters > NARROW;
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const left = CORE.width - sum(longest.filter((one) => !isWide(one)).map(need));
  const shared = sum(longest.filter(isWide).map((one) => Math.min(one, WIDEST)));
  const wanted = longest.map((one) => (isWide(one) ? (left * Math.min(one, WIDEST)) / shared : need(one)));
  return wanted.map((width) => Math.floor((width * CORE.width) / sum(wanted)));
}

/** Short texts and figures stand in the middle of their column, sentences begin at its left. */
function cell(
  text: string,
  { header, width, isNarrow }: { header: boolean; width: number; isNarrow: boolean },
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { left: PADDING, right: PADDING },
    verticalAlign: VerticalAlign.CENTER,
    children: [
      new Paragraph({
        alignment: isNarrow ? AlignmentType.CENTER : AlignmentType.LEFT,
        keepNext: header,
        children: [
          new TextRun({ text: printed(text), font: header ? FONTS.hei : FONTS.song, size: SIZE.table }),
        ],
      }),
    ],
  });
}
