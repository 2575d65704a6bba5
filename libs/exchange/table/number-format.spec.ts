import { builtInFormat, dateOfSerial, parseNumberFormat } from './number-format.js';

describe('parseNumberFormat', () => {
  it.each([
    ['yyyy"年"m"月"d"日"', { date: 10 }],
    ['yyyy"年"m"月"', { date: 7 }],
    ['yyyy"年"', { date: 4 }],
    ['[$-804]yyyy\\-mm\\-dd;@', { date: 10 }],
    ['#,##0.00"万元"', { unit: '万元' }],
    ['0.00"亿"', { unit: '亿元' }],
    ['0!.0,"万"', { scaled: true }],
    ['#,##0,', { scaled: true }],
    ['0%', { scaled: true }],
    ['#,##0.00_ ;[Red]-#,##0.00', {}],
    ['General', {}],
  ])('%s', (code, format) => {
    expect(parseNumberFormat(code)).toEqual(format);
  });
});

describe('dates', () => {
  it('are shown with the precision of their format', () => {
    expect(builtInFormat(14)).toEqual({ date: 10 });
    expect(builtInFormat(57)).toEqual({ date: 7 });
    expect(dateOfSerial('45000', 10, false)).toBe('2023-03-15');
    expect(dateOfSerial('45000.75', 7, false)).toBe('2023-03');
    expect(dateOfSerial('43538', 10, true)).toBe('2023-03-15');
  });

  it('are not made of numbers that mean no year of ours', () => {
    expect(dateOfSerial('2023', 4, false)).toBeUndefined();
  });
});
