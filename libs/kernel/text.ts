/** What `toHalfWidth` changes; most cells of a list have none of it, and one look is cheaper than three replacements. */
const WIDE_OR_SPACE = /[\uFF01-\uFF5E\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]/u;

/** Control characters but tab and line ends, halves of surrogate pairs, and U+FFFE and U+FFFF. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u;

/** Whether a document can hold the text: PostgreSQL stores no NUL, and XML, so every workbook, none of the others. */
export function isWritable(text: string): boolean {
  return !UNWRITABLE.test(text);
}

/** Full-width digits, letters and punctuation as half-width; NBSP, U+2002 and other spaces as a plain space. */
export function toHalfWidth(text: string): string {
  if (!WIDE_OR_SPACE.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/gu, (c) => String.fromCodePoint(c.codePointAt(0)! - 0xfee0))
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu, ' ')
    .replace(/[\u200B\uFEFF]/gu, '');
}

/** Text with all white space removed, for comparing headers and names that were split over lines. */
export function squeeze(text: string): string {
  return toHalfWidth(text).replace(/\s+/gu, '');
}

/** Han, kana, hangul, CJK punctuation and full-width forms are twice as wide as a Latin letter. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** In columns of a terminal, which are halves of a Chinese character. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
