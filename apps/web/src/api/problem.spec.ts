import { problemOf, unanswered } from './problem.js';

describe('problemOf', () => {
  it('keeps the sentence with its arithmetic, the code and the faults of fields', () => {
    const problem = problemOf(422, {
      code: 'funds.overPaid',
      title: '资金不符合规则',
      detail: '本次支付 30.00 元 > 可支付 20.00 元',
      errors: [{ pointer: '/amount/yuan', message: '金额应为正数' }],
    });
    expect(problem).toMatchObject({ code: 'funds.overPaid', message: '本次支付 30.00 元 > 可支付 20.00 元' });
    expect(problem.faultOf('amount')).toBe('金额应为正数');
    expect(problem.faultOf('payee')).toBeUndefined();
    expect(problem.passes).toBe(false);
  });

  it('says something where the answer is not a problem document', () => {
    expect(problemOf(502, undefined)).toMatchObject({ code: 'answer.unreadable', status: 502 });
    expect(problemOf(503, { title: '数据库暂不可用' })).toMatchObject({
      message: '数据库暂不可用',
      passes: true,
    });
  });
});

it('tells a slow server from one that is not there', () => {
  expect(unanswered(true).code).toBe('request.timedOut');
  expect(unanswered(false).code).toBe('network.down');
});
