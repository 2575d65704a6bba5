import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { addMonths, dayAfter } from '../days.js';
import { REALLOCATIONS } from '../dossier.js';
import { hasCome, openLots } from '../lots.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m3: Rule = {
  id: 'M3',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '资金到位后长期未支付',
  basis: '国务院关于印发推进财政资金统筹使用方案的通知（国发〔2015〕35号）：盘活存量资金',
  reads: ['FundsReceived', 'FundsPaid', 'FundsRecovered', 'FundsReturned', ...REALLOCATIONS],
  parameters: ['M3.warningMonths', 'M3.errorMonths'],
  evaluate(dossier, parameters) {
    if (!hasCome(dossier, 'FundsReceived')) return notApplicable('没有资金到位');
    const lots = openLots(dossier, 'FundsReceived', 'FundsPaid', 'FundsRecovered', 'FundsReturned');
    return failsBy(
      lots.map(({ source, day, id, leftFen }) => {
        const after = (name: string) => dayAfter(addMonths(day, parameters.whole(name, day)));
        const months = parameters.whole('M3.warningMonths', day);
        return {
          steps: [
            { severity: 'warning', from: after('M3.warningMonths') },
            { severity: 'error', from: after('M3.errorMonths') },
          ],
          figures: { leftFen: leftFen.toString(), source, receivedOn: day, months: String(months) },
          events: [id],
          sentence: `${printPartialDate(day)}到位的${FUNDING_SOURCES[source]}尚有 ${printYuan(leftFen)} 元未支付（满 ${months} 个月起提示）`,
        };
      }),
    );
  },
};
