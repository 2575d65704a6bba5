import { toHalfWidth } from '#libs/kernel/text.js';
import type { Paragraph } from './events.js';
import { refuse } from './refusal-codes.js';

/** Figures that stand in the text, by name, as they are printed. */
export type Figures<Name extends string = string> = Readonly<Record<Name, string>>;

const PLACEHOLDER = /\{([^{}]*)\}/gu;
/** A number with a unit that only a figure has. Dates and document numbers are typed. */
const TYPED_FIGURE = /[\d,.]*\d\s*(?:%|‰|个百分点|亿元|万元|元|亿|个|项|张|家|床|人|县)/u;

/**
 * Holds a text to the figures and tables that there are: what it cites must exist, and numbers are cited, not typed.
 * @throws Refusal `circular.unknownFigure`, `circular.typedFigure`, `circular.unknownTable`
 */
export function checkText(
  paragraphs: readonly Paragraph[],
  figures: readonly string[],
  tables: readonly string[],
): void {
  for (const [at, { kind, text }] of paragraphs.entries()) {
    if (kind === 'table') {
      if (!tables.includes(text)) {
        refuse(
          'circular.unknownTable',
          `第 ${at + 1} 段：没有“${text}”这张表（可用：${tables.join('、')}）`,
          {
            paragraph: at,
            table: text,
            tables,
          },
        );
      }
      continue;
    }
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (figures.includes(name)) continue;
      refuse('circular.unknownFigure', `第 ${at + 1} 段引用了没有的数字“{${name}}”`, {
        paragraph: at,
        figure: name,
        figures,
      });
    }
    const typed = TYPED_FIGURE.exec(toHalfWidth(text.replace(PLACEHOLDER, '{}')));
    if (typed) {
      const message = `第 ${at + 1} 段手写了“${typed[0]}”：正文中的数字只能引用系统的数字，如 {projects}`;
      refuse('circular.typedFigure', message, { paragraph: at, typed: typed[0] });
    }
  }
}

/** The text with its figures in place. */
export const rendered = (text: string, figures: Figures): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => figures[name] ?? whole);
