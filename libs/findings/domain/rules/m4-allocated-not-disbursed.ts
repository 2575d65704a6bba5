import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { addDays } from '../days.js';
import { REALLOCATIONS } from '../dossier.js';
import { hasCome, openLots } from '../lots.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m4: Rule = {
  id: 'M4',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'warning',
  title: '资金下达后未及时拨付',
  basis: '预算法实施条例关于及时足额拨付预算资金的要求',
  reads: ['FundsAllocated', 'FundsDisbursed', ...REALLOCATIONS],
  parameters: ['M4.days'],
  evaluate(dossier, parameters) {
    if (!hasCome(dossier, 'FundsAllocated')) return notApplicable('没有下达资金');
    const lots = openLots(dossier, 'FundsAllocated', 'FundsDisbursed');
    return failsBy(
      lots.map(({ source, day, id, leftFen }) => {
        const days = parameters.whole('M4.days', day);
        return {
          steps: [{ severity: 'warning', from: addDays(day, days + 1) }],
          figures: { leftFen: leftFen.toString(), source, allocatedOn: day, days: String(days) },
          events: [id],
          sentence: `${printPartialDate(day)}下达的${FUNDING_SOURCES[source]}尚有 ${printYuan(leftFen)} 元未拨付（超过 ${days} 天起提示）`,
        };
      }),
    );
  },
};
