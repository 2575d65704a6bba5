import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Refusal } from '#libs/kernel/refusal.js';
import { csvRecords } from './csv-records.js';

function read(text: string): unknown {
  try {
    return [...csvRecords(text, ',')];
  } catch (error) {
    return error instanceof Refusal ? error.details['why'] : error;
  }
}

function readByLibrary(text: string): unknown {
  try {
    return parse(text, { relax_column_count: true });
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('csvRecords', () => {
  it.each([
    ['nothing', '', []],
    ['empty lines and cells', 'a,\n\n,b', [['a', ''], [''], ['', 'b']]],
    ['lines of other lengths', '清单\n1,甲\n2', [['清单'], ['1', '甲'], ['2']]],
    ['quotes, delimiters and line ends in quotes', '"a,""b""\n",c\n""', [['a,"b"\n', 'c'], ['']]],
    ['a delimiter before the end', '"a",', [['a', '']]],
    ['CRLF, and LF as text', 'a\r\nb\nc\r\n', [['a'], ['b\nc']]],
    ['CR', 'a\rb', [['a'], ['b']]],
  ])('reads %s', (_, text, records) => {
    expect(read(text)).toEqual(records);
  });

  it.each([
    ['quotes that do not close', 'a\n"b\n', 2, 'CSV_QUOTE_NOT_CLOSED'],
    ['a quote inside a cell', 'a\nb,c"d"', 2, 'INVALID_OPENING_QUOTE'],
    ['text behind quotes', '"a\nb"c,d', 1, 'CSV_INVALID_CLOSING_QUOTE'],
  ])('refuses %s', (_, text, row, why) => {
    expect(() => [...csvRecords(text, ',')]).toThrow(
      expect.objectContaining({ code: 'import.brokenCsv', details: { row, why } }) as Error,
    );
  });

  it('reads and refuses any text as csv-parse does', () => {
    const texts = fc.array(fc.constantFrom('a', '养', '"', '""', ',', '\n', '\r\n', '\r', ' ', ';'));
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        expect(read(text)).toEqual(readByLibrary(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
