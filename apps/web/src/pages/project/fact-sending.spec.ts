import { fieldOfRefusal, FormKey } from './fact-sending.js';

it('sends the same content under the same key, and other content under another', () => {
  let made = 0;
  const key = new FormKey(() => `key-${(made += 1)}`);
  const first = key.for({ amount: { fen: '1' } });
  expect(key.for({ amount: { fen: '1' } })).toBe(first);
  expect(key.for({ amount: { fen: '2' } })).not.toBe(first);
});

it('puts a refusal beside the field that it is about', () => {
  const fields = ['source', 'amount', 'payee'];
  expect(fieldOfRefusal('funds.paidOverReceived', fields)).toBe('amount');
  expect(fieldOfRefusal('date.inFuture', fields)).toBe('effectiveDate');
  expect(fieldOfRefusal('lifecycle.notStarted', fields)).toBeUndefined();
  const earmarked = [...fields, 'level', 'lotteryPurpose', 'repaymentPlan'];
  expect(fieldOfRefusal('funds.levelMissing', earmarked)).toBe('level');
  expect(fieldOfRefusal('funds.purposeMissing', earmarked)).toBe('lotteryPurpose');
  expect(fieldOfRefusal('funds.repaidBeforeIssue', earmarked)).toBe('repaymentPlan');
  expect(fieldOfRefusal('funds.levelMissing', ['lines', 'reason'])).toBe('lines');
  expect(fieldOfRefusal('plan.reasonRequired', ['lines', 'reason'])).toBe('reason');
});
