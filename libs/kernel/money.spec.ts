import fc from 'fast-check';
import {
  MAX_FEN,
  formatYuan,
  moneyView,
  parseMoney,
  printWan,
  printYuan,
  type Fen,
  type MoneyUnit,
} from './money.js';
import { Refusal } from './refusal.js';

const fen = fc.bigInt({ min: -MAX_FEN, max: MAX_FEN });

describe('reading an amount', () => {
  it.each<[string, MoneyUnit, Fen]>([
    ['1,750', '万元', 1_750_000_000n],
    ['1750', '万元', 1_750_000_000n],
    ['\uff11\uff17\uff15\uff10', '万元', 1_750_000_000n],
    ['\uff11\uff0c\uff17\uff15\uff10\uff0e\uff15', '万元', 1_750_500_000n],
    ['1,750.50', '元', 175_050n],
    ['3.9045亿元', '万元', 39_045_000_000n],
    ['12亿', '元', 120_000_000_000n],
    ['500万', '元', 500_000_000n],
    ['\u00a5 12.34 元', '万元', 1234n],
    ['\uffe512', '元', 1200n],
    ['\u00a01750\u2002', '万元', 1_750_000_000n],
    ['0.000001', '万元', 1n],
    ['0', '万元', 0n],
    ['007', '元', 700n],
    ['-5', '元', -500n],
    ['+5', '元', 500n],
    ['10.500000000000', '元', 1050n],
  ])('“%s” (%s) is %s fen', (text, unit, expected) => {
    expect(parseMoney(text, unit)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '—',
    '-',
    '1e3',
    '12,34',
    '1,2345',
    '1.',
    '.5',
    '1.2.3',
    '约300',
    '300 100',
    '300\n100',
    '0x10',
    'NaN',
    '5美元',
    '--5',
    '1_000',
  ])('“%s” is not an amount', (text) => {
    expect(() => parseMoney(text)).toThrow(
      expect.objectContaining({ code: 'money.unreadable', details: { text } }) as Refusal,
    );
  });

  it('rounds nothing and takes no fantasy', () => {
    const refused = (code: string) => expect.objectContaining({ code }) as Refusal;
    expect(() => parseMoney('0.001')).toThrow(refused('money.belowFen'));
    expect(() => parseMoney('0.0000001', '万元')).toThrow(refused('money.belowFen'));
    expect(parseMoney('10000000000000000')).toBe(MAX_FEN);
    expect(() => parseMoney('10000000000000000.01')).toThrow(refused('money.tooLarge'));
    expect(() => parseMoney('-10000000000000000.01')).toThrow(refused('money.tooLarge'));
  });
});

describe('printing an amount', () => {
  it.each<[Fen, string, string, string]>([
    [0n, '0.00', '0.00', '0'],
    [1n, '0.01', '0.01', '0.000001'],
    [-5n, '-0.05', '-0.05', '-0.000005'],
    [1_000_000n, '10000.00', '10,000.00', '1'],
    [10_000_000n, '100000.00', '100,000.00', '10'],
    [500_000n, '5000.00', '5,000.00', '0.5'],
    [1_750_000_000n, '17500000.00', '17,500,000.00', '1,750'],
    [12_345_678n, '123456.78', '123,456.78', '12.345678'],
    [-123_456_700_000n, '-1234567000.00', '-1,234,567,000.00', '-123,456.7'],
  ])('%s fen', (amount, yuan, separated, wan) => {
    expect(formatYuan(amount)).toBe(yuan);
    expect(printYuan(amount)).toBe(separated);
    expect(printWan(amount)).toBe(wan);
    expect(moneyView(amount)).toEqual({ fen: amount.toString(), yuan });
  });

  it('is read back as the same amount, whatever it is', () => {
    fc.assert(
      fc.property(fen, (amount) => {
        expect(parseMoney(formatYuan(amount))).toBe(amount);
        expect(parseMoney(printYuan(amount), '元')).toBe(amount);
        expect(parseMoney(printWan(amount), '万元')).toBe(amount);
        expect(parseMoney(`${printWan(amount)}万元`, '元')).toBe(amount);
      }),
    );
  });
});
