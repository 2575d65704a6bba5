import { inYuan, printAmount, sumFen } from './amount.js';

describe('amounts on the page', () => {
  it.each([
    ['39045000000', '万元', '39,045'],
    ['39045000000', '元', '390,450,000.00'],
    ['1', '万元', '0.000001'],
    ['-200000001', '万元', '-200.000001'],
    ['999999999999999999', '元', '9,999,999,999,999,999.99'],
  ] as const)('prints %s fen in %s exactly', (fen, unit, text) => {
    expect(printAmount({ fen }, unit)).toBe(text);
    expect(printAmount(fen, unit)).toBe(text);
  });

  it('tells unknown from zero', () => {
    expect(printAmount(null, '万元')).toBe('—');
    expect(printAmount({ fen: '0' }, '万元')).toBe('0');
  });

  it('adds without rounding and leaves the unknown out', () => {
    expect(sumFen([{ fen: '9007199254740993' }, null, { fen: '1' }])).toBe('9007199254740994');
  });

  it('says 元 for the clipboard', () => expect(inYuan({ fen: '1750000000' })).toBe('17500000.00 元'));
});
