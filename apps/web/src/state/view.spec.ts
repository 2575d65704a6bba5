import { asOf, asOfSentence, queryOf, viewOf } from './view.js';

describe('the view in the address', () => {
  it('comes back as it was written', () => {
    const view = { region: '513400', unit: '元', known: '2026-03-01', effective: '2025-12-31' } as const;
    expect(viewOf(queryOf(view))).toEqual(view);
  });

  it('writes nothing for what is as usual', () => {
    expect(queryOf(viewOf({}))).toEqual({});
    expect(viewOf({})).toEqual({ region: '', unit: '万元', known: '', effective: '' });
  });

  it.each(['2026-13-01', '2026-1-1', 'today', ['2026-01-01']])('takes no day from %j', (known) => {
    expect(viewOf({ known }).known).toBe('');
  });

  it('asks for the end of the day in China', () => {
    expect(asOf(viewOf({ known: '2026-03-01', effective: '2025-12-31', region: '990100' }))).toEqual({
      region: '990100',
      asKnownAt: '2026-03-01T23:59:59.999+08:00',
      asEffectiveOn: '2025-12-31',
    });
    expect(asOf(viewOf({}))).toEqual({});
  });

  it('says as of when', () => {
    expect(asOfSentence(viewOf({}), '2026-04-01')).toBe('截至 2026-04-01');
    expect(asOfSentence(viewOf({ known: '2026-03-01' }), '2026-04-01')).toBe(
      '只计 2026-03-01 日终所记录的事项',
    );
  });
});
