import { Refusal } from './refusal.js';

describe('a refusal', () => {
  it('carries a code, a sentence and the figures', () => {
    const refusal = new Refusal('funds.x', '差 1.00 元', { excessFen: '100' });
    expect(refusal).toMatchObject({ name: 'Refusal', code: 'funds.x', message: '差 1.00 元' });
    expect(refusal.details).toEqual({ excessFen: '100' });
    expect(refusal).toBeInstanceOf(Error);
  });
});
