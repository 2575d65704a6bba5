import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { squeeze } from '#libs/kernel/text.js';
import { factsOf, firstDay, type DossierFact } from '../dossier.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m7: Rule = {
  id: 'M7',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '同一收款人、同一金额、同一日期重复支付',
  basis: '防止重复支付的内部控制要求（行政事业单位内部控制规范）',
  reads: ['FundsPaid'],
  parameters: [],
  evaluate(dossier) {
    // Two payments printed with one month are not two of one day.
    const payments = factsOf(dossier, 'FundsPaid').filter(({ on }) => on.length === 10);
    if (payments.length === 0) return notApplicable('没有载明日期的支付');
    const alike = new Map<string, DossierFact<'FundsPaid'>[]>();
    for (const fact of payments) {
      const key = JSON.stringify([squeeze(fact.data.payee), fact.data.amountFen, fact.on]);
      alike.set(key, [...(alike.get(key) ?? []), fact]);
    }
    const repeated = [...alike.values()].filter(({ length }) => length > 1);
    return failsBy(
      repeated.map((facts) => {
        const { data, on } = facts[0]!;
        return {
          steps: [{ severity: 'error', from: firstDay(facts[0]!) }],
          figures: { amountFen: data.amountFen, paidOn: on, payee: data.payee, times: String(facts.length) },
          events: facts.map(({ id }) => id),
          sentence: `${printPartialDate(on)}向“${data.payee}”支付 ${printYuan(BigInt(data.amountFen))} 元共 ${facts.length} 次`,
        };
      }),
    );
  },
};
