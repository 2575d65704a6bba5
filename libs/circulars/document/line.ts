import { LineRuleType, Paragraph, TextRun, type IParagraphOptions } from 'docx';
import { FONTS } from './fonts.js';
import { CHARACTER, LINE, SIZE } from './page.js';
import { printed } from './typography.js';

export interface LineStyle extends Pick<IParagraphOptions, 'alignment' | 'border' | 'indent' | 'keepNext'> {
  font?: (typeof FONTS)[keyof typeof FONTS];
  /** Half points. */
  size?: number;
  /** Six hexadecimal digits. */
  colour?: string;
  /** Free above it, in twips. */
  before?: number;
  /** From this line of the text to the next, in twips. */
  pitch?: number;
}

/** 每段左空二字. */
export const INDENT = { firstLine: 2 * CHARACTER };

/** A paragraph of one style; a text in several parts is broken between them. Without a style: body text, not indented. */
export function line(
  text: string | readonly string[],
  { font = FONTS.fang, size = SIZE.body, colour, before, pitch = LINE, ...paragraph }: LineStyle = {},
): Paragraph {
  const parts = typeof text === 'string' ? [text] : text;
  return new Paragraph({
    ...paragraph,
    spacing: { line: pitch, lineRule: LineRuleType.EXACT, ...(before !== undefined && { before }) },
    children: parts.map(
      (part, n) =>
        new TextRun({
          text: printed(part),
          font,
          size,
          ...(n > 0 && { break: 1 }),
          ...(colour && { color: colour }),
        }),
    ),
  });
}
