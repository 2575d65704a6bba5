import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import type { CircularFigures } from '../application/figures.js';
import type { Issued } from '../domain/events.js';
import { rendered } from '../domain/text.js';
import { FONTS, withFontFallbacks } from './fonts.js';
import { INDENT, line } from './line.js';
import { CHARACTER, CORE, GRID, HEAD, PAGE, SIZE } from './page.js';
import { tableParts } from './table.js';
import { titleLines, widthOf } from './typography.js';

export const DOCX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const CENTRED = { alignment: AlignmentType.CENTER };
const SECOND_LEVEL = /^[(（]/u;

/** How many characters of a size fit on a line; one less, as quotation marks may be wider than counted. */
const charactersOf = (size: number): number => CORE.width / (size * 10) - 1;

/** The circular as GB/T 9704 has it: issuing unit and number over a red line, title, text and tables, signature and date. */
export async function circularDocx(issued: Issued, { figures, tables }: CircularFigures): Promise<Buffer> {
  const body = issued.paragraphs.flatMap(({ kind, text }) => {
    if (kind === 'heading') {
      const font = SECOND_LEVEL.test(text) ? FONTS.kai : FONTS.hei;
      return [line(rendered(text, figures), { font, indent: INDENT, keepNext: true })];
    }
    if (kind === 'text') return [line(rendered(text, figures), { indent: INDENT })];
    const table = tables.find(({ name }) => name === text);
    return table ? tableParts(table) : [];
  });
  const document = new Document({
    title: issued.title,
    creator: issued.issuer,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: FONTS.fang, size: SIZE.body, language: { value: 'en-US', eastAsia: 'zh-CN' } },
        },
      },
    },
    sections: [
      {
        properties: { page: PAGE, grid: { type: DocumentGridType.LINES_AND_CHARS, ...GRID } },
        footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
        children: [
          ...head(issued),
          line(titleLines(issued.title, charactersOf(SIZE.title)), {
            font: FONTS.title,
            size: SIZE.title,
            pitch: SIZE.title * 14,
            ...CENTRED,
          }),
          line(''),
          ...body,
          line('', { keepNext: true }),
          ...signature(issued),
          ...provenance(issued).map((text) => line(text, { size: SIZE.small, pitch: 320, indent: INDENT })),
        ],
      },
    ],
  });
  return withFontFallbacks(await Packer.toBuffer(document), issued.issuedOn);
}

/** 版头: the issuing unit in red on one line, two lines below it the number, a red line as wide as the text. */
function head({ issuer, documentNumber }: Issued): Paragraph[] {
  const { before, largest, smallest, colour } = HEAD;
  const fitting = Math.floor(CORE.width / 10 / (widthOf(issuer) + 1));
  const size = Math.max(smallest, Math.min(largest, fitting));
  const red = { style: BorderStyle.SINGLE, size: 12, space: 11, color: colour };
  return [
    line(titleLines(issuer, charactersOf(size)), {
      font: FONTS.title,
      size,
      colour,
      before,
      pitch: size * 12,
      ...CENTRED,
    }),
    line(''),
    line(''),
    line(documentNumber, { border: { bottom: red }, ...CENTRED }),
    line(''),
    line(''),
  ];
}

/** 署名 is centred over the date, which leaves four characters free at the right, or more where the name is long. */
function signature({ issuer, issuedOn }: Issued): Paragraph[] {
  const date = printPartialDate(issuedOn);
  const over = (widthOf(issuer) - widthOf(date)) / 2;
  const right = Math.max(4, over + 2);
  const signed = (text: string, characters: number, keepNext: boolean) =>
    line(text, {
      alignment: AlignmentType.RIGHT,
      indent: { right: Math.round(characters * CHARACTER) },
      keepNext,
    });
  return [signed(issuer, right - over, true), signed(date, right, false), line('')];
}

/** Where the figures come from, so that anyone can look it up and verify it. */
function provenance({ chain, position, figuresDigest, asEffectiveOn, corrects }: Issued): string[] {
  return [
    ...(corrects ? [`本通报更正“${corrects.documentNumber}”：${corrects.reason}`] : []),
    `数据口径：截至${printPartialDate(asEffectiveOn)}有效、事件库位置 ${position} 以前所记录。`,
    `数据摘要（SHA-256）：${figuresDigest}`,
    chain === null ? '审计链：未建立。' : `审计链第 ${chain.sequence} 环：${chain.hash}`,
  ];
}

/** 四号 in the outer lower corner: right on odd pages and left on even ones, one character in. */
const pageNumber = (alignment: 'right' | 'left'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { [alignment]: CHARACTER },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            font: FONTS.pageNumber,
            size: SIZE.pageNumber,
          }),
        ],
      }),
    ],
  });
