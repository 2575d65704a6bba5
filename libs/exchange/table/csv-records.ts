import { Refusal } from '#libs/kernel/refusal.js';

/**
 * The records of delimited text (RFC 4180), an array of cells each, empty lines included. Lines end as the first one
 * does, in CRLF, LF or CR; inside quotes all is text, and a quote is written twice. The time it takes grows with the
 * text and not faster, whatever the text.
 *
 * @param delimiter one character
 * @throws Refusal `import.brokenCsv` with the number of the record
 */
export function* csvRecords(text: string, delimiter: string): Generator<string[], void> {
  const lineEnd = firstLineEnd(text);
  let at = 0;
  for (let record = 1; at < text.length; record += 1) {
    let end = find(text, lineEnd, at);
    const line = text.slice(at, end);
    if (line.includes('"')) {
      const cells: string[] = [];
      for (;;) {
        const start = at;
        if (text[start] === '"') {
          at = behindQuoted(text, start) ?? broken(record, 'CSV_QUOTE_NOT_CLOSED');
          cells.push(text.slice(start + 1, at - 1).replaceAll('""', '"'));
          // The quoted cell may have gone over several lines.
          if (at > end) end = find(text, lineEnd, at);
        } else {
          at = Math.min(find(text, delimiter, start), end);
          const cell = text.slice(start, at);
          if (cell.includes('"')) broken(record, 'INVALID_OPENING_QUOTE');
          cells.push(cell);
        }
        if (text[at] !== delimiter) break;
        at += 1;
      }
      if (at < end) broken(record, 'CSV_INVALID_CLOSING_QUOTE');
      yield cells;
    } else yield line.split(delimiter);
    at = end + lineEnd.length;
  }
}

/** The first line end outside quotes. */
function firstLineEnd(text: string): string {
  for (const [found] of text.matchAll(/"[^"]*"?|\r\n|\r|\n/gu)) if (!found.startsWith('"')) return found;
  return '\n';
}

/** Where `what` stands next; the end of the text where it does not. */
function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

/** What follows the cell whose quotes open at `start`; undefined where they do not close. */
function behindQuoted(text: string, start: number): number | undefined {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] !== '"') return at + 1;
  }
}

function broken(record: number, why: string): never {
  throw new Refusal('import.brokenCsv', `第${record}行的引号或分隔符不完整，无法读取`, { row: record, why });
}
