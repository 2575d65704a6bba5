/** What `toHalfWidth` changes; most cells of a list have none of it, and one look is cheaper than three replacements. */
const WIDE_OR_SPACE = /[\uFF01-\uFF5E\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]/u;

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
