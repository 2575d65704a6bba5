import fc from 'fast-check';
import { plainNumber } from './plain-number.js';

describe('plainNumber', () => {
  it.each([
    ['1750', '1750'],
    ['1234.5600000000001', '1234.56'],
    ['0.30000000000000004', '0.3'],
    ['1.75E3', '1750'],
    ['1.5e-3', '0.0015'],
    ['-8', '-8'],
    ['999999999999999.9', '1000000000000000'],
    ['0', '0'],
    ['0.10', '0.1'],
    ['.5', '0.5'],
  ])('reads %s as %s', (stored, plain) => {
    expect(plainNumber(stored)).toBe(plain);
  });

  it.each(['', '.', 'NaN', '1e400', '1e99', '12a', '1,750'])('does not read %p', (text) => {
    expect(plainNumber(text)).toBeUndefined();
  });

  it('gives back every amount of fen that a double can hold, as a spreadsheet stores it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (fen) => {
        const typed = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        expect(plainNumber((fen / 100).toPrecision(17))).toBe(
          typed.replace(/\.(\d*?)0+$/u, '.$1').replace(/\.$/u, ''),
        );
      }),
    );
  });
});
