import { printFigure, sectionLabel } from './words.js';

describe('words of evaluations', () => {
  it('tells unknown from zero', () => {
    expect([null, undefined, 0, '0', '12.50', ['a']].map(printFigure)).toEqual([
      '—',
      '—',
      '0',
      '0',
      '12.50',
      '["a"]',
    ]);
  });

  it('keeps the name of a section that it does not know', () => {
    expect([sectionLabel('ledger'), sectionLabel('newer')]).toEqual(['投资台账', 'newer']);
  });
});
