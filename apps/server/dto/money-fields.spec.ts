import { toDomain, toView } from './money-fields.js';

describe('amounts between requests and the domain', () => {
  it('become fen under their own name, at any depth, exactly', () => {
    const body = {
      amount: { yuan: '90071992547409.93' },
      lines: [{ amount: { fen: '1' }, budgetYear: undefined }],
      capacity: { beds: 1 },
    };
    expect(toDomain(body)).toEqual({
      amountFen: '9007199254740993',
      lines: [{ amountFen: '1' }],
      capacity: { beds: 1 },
    });
  });

  it('come back in fen and yuan', () => {
    expect(toView({ amountFen: '-5', lines: [{ totalFen: '9007199254740993' }], documentFen: '无' })).toEqual(
      {
        amount: { fen: '-5', yuan: '-0.05' },
        lines: [{ total: { fen: '9007199254740993', yuan: '90071992547409.93' } }],
        documentFen: '无',
      },
    );
  });
});
