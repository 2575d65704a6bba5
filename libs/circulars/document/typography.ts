import { displayWidth } from '#libs/kernel/text.js';

/** Width of a text in characters: a Latin letter or a digit is half of one. */
export const widthOf = (text: string): number => displayWidth(text) / 2;

/**
 * Punctuation as Chinese text has it (GB/T 15834): `,` between characters is `，`, while 39,045 and an identifier with
 * `:` inside keep theirs.
 */
export const printed = (text: string): string =>
  text.replace(/[;()?!]|(?<![0-9A-Za-z])[,:]|[,:](?![0-9A-Za-z])/gu, (mark) =>
    String.fromCodePoint(mark.codePointAt(0)! + 0xfee0),
  );

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' });
const OPENING = /[“‘(（《〔]$/u;

/** Words that may begin a line: none is a closing mark or a single character that belongs to what is before it. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of WORDS.segment(text)) {
    const last = words.at(-1);
    if (last !== undefined && (([...segment].length === 1 && !OPENING.test(segment)) || OPENING.test(last))) {
      words[words.length - 1] = last + segment;
    } else words.push(segment);
  }
  return words;
}

/** A title over as few lines as hold it, about equally long and broken between words, as the standard wants them. */
export function titleLines(title: string, most: number, count = Math.ceil(widthOf(title) / most)): string[] {
  const words = wordsOf(title);
  const indivisible = count >= words.length;
  const lines: string[] = [];
  for (let left = count; left > 1; left -= 1) {
    const ideal = widthOf(words.join('')) / left;
    let line = words.shift() ?? '';
    while (words[0] && Math.abs(widthOf(line + words[0]) - ideal) <= Math.abs(widthOf(line) - ideal)) {
      line += words.shift();
    }
    lines.push(line);
  }
  lines.push(words.join(''));
  return indivisible || lines.every((line) => widthOf(line) <= most)
    ? lines
    : titleLines(title, most, count + 1);
}
