import {
  AlignmentType,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import type { CircularFigures, CircularTable } from '../application/figures.js';
import type { Issued } from '../domain/events.js';
import { rendered } from '../domain/text.js';
import { FONTS, withFontFallbacks } from './fonts.js';

export const DOCX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Half points: 二号 22, 三号 16, 五号 10.5. */
const SIZE = { title: 44, body: 32, table: 21, note: 18 };
const LINE = { line: 560, lineRule: LineRuleType.EXACT };
const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
/** A4 with the margins of GB/T 9704: 37 above, 35 below, 28 left, 26 right, in millimetres. */
const PAGE = {
  size: { width: twips(210), height: twips(297) },
  margin: {
    top: twips(37),
    bottom: twips(35),
    left: twips(28),
    right: twips(26),
  },
};
const CHARACTER = SIZE.body * 10;
const INDENT = { firstLine: 2 * CHARACTER };
/** 署名 and date leave four characters free at the right, page numbers one at the outer edge. */
const SIGNED = { right: 4 * CHARACTER };

/** The circular as an official document: title, number, text, tables, issuer and date, and the chain head at its foot. */
export async function circularDocx(issued: Issued, { figures, tables }: CircularFigures): Promise<Buffer> {
  const body = issued.paragraphs.flatMap(({ kind, text }) => {
    if (kind === 'heading') return [line(rendered(text, figures), { font: FONTS.hei, indent: INDENT })];
    if (kind === 'text') return [line(rendered(text, figures), { indent: INDENT })];
    const table = tables.find(({ name }) => name === text);
    return table ? tableParts(table) : [];
  });
  const document = new Document({
    title: issued.title,
    creator: issued.issuer,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: FONTS.fang, size: SIZE.body } } } },
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
        children: [
          line(issued.title, { font: FONTS.title, size: SIZE.title, alignment: AlignmentType.CENTER }),
          line(issued.documentNumber, { alignment: AlignmentType.CENTER }),
          line(''),
          ...body,
          line(''),
          line(issued.issuer, { alignment: AlignmentType.RIGHT, indent: SIGNED }),
          line(printPartialDate(issued.issuedOn), { alignment: AlignmentType.RIGHT, indent: SIGNED }),
          line(''),
          ...provenance(issued).map((text) => line(text, { size: SIZE.note })),
        ],
      },
    ],
  });
  return withFontFallbacks(await Packer.toBuffer(document), issued.issuedOn);
}

/** Where the figures come from, so that anyone can look it up and verify it. */
function provenance({ chain, position, figuresDigest, asEffectiveOn, corrects }: Issued): string[] {
  return [
    ...(corrects ? [`本通报更正“${corrects.documentNumber}”:${corrects.reason}`] : []),
    `数据口径:截至${printPartialDate(asEffectiveOn)}有效、事件库位置 ${position} 以前所记录。`,
    `数据摘要(SHA-256):${figuresDigest}`,
    chain === null ? '审计链:未建立。' : `审计链第 ${chain.sequence} 环:${chain.hash}`,
  ];
}

interface LineStyle {
  font?: (typeof FONTS)[keyof typeof FONTS];
  size?: number;
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  indent?: { firstLine: number } | { right: number };
}

function line(
  text: string,
  { font = FONTS.fang, size = SIZE.body, alignment, indent }: LineStyle = {},
): Paragraph {
  return new Paragraph({
    spacing: size === SIZE.note ? {} : LINE,
    ...(alignment && { alignment }),
    ...(indent && { indent }),
    children: [new TextRun({ text, font, size })],
  });
}

function tableParts({ title, columns, rows, more, note }: CircularTable): (Paragraph | Table)[] {
  const after = [
    ...(rows.length === 0 ? ['(无)'] : []),
    ...(more > 0 ? [`另有 ${more} 项,见系统导出的清单。`] : []),
    ...(note === null ? [] : [`注:${note}`]),
  ];
  const row = (cells: readonly string[], header: boolean) =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text) => cell(text, header)),
    });
  return [
    line(title, { font: FONTS.hei, size: 28, alignment: AlignmentType.CENTER }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [row(columns, true), ...rows.map((cells) => row(cells, false))],
    }),
    ...after.map((text) => line(text, { size: SIZE.note })),
  ];
}

function cell(text: string, header: boolean): TableCell {
  const font = header ? FONTS.hei : FONTS.song;
  // Figures stand in the middle as names do; long sentences start at the left.
  const alignment = header || text.length <= 12 ? AlignmentType.CENTER : AlignmentType.LEFT;
  return new TableCell({
    verticalAlign: VerticalAlign.CENTER,
    children: [new Paragraph({ alignment, children: [new TextRun({ text, font, size: SIZE.table })] })],
  });
}

/** 四号: at the right of odd pages, at the left of even ones. */
const pageNumber = (alignment: 'right' | 'left'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { [alignment]: CHARACTER },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: FONTS.song, size: 28 })],
      }),
    ],
  });
