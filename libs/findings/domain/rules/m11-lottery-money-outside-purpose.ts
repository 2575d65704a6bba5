import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { DETAILS, detailEvents, factsOf, firstDay } from '../dossier.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m11: Rule = {
  id: 'M11',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '福彩公益金用于规定以外的用途',
  basis: '彩票公益金管理办法;民政部门彩票公益金用于老年人、残疾人、孤儿、有特殊困难等人群',
  reads: [...DETAILS, 'FundsPaid'],
  parameters: ['M11.categories', 'M11.excludedWords'],
  evaluate(dossier, parameters) {
    const payments = factsOf(dossier, 'FundsPaid').filter(({ data }) => data.source === 'WelfareLotteryFund');
    const category = dossier.details?.category;
    if (payments.length === 0 || !category) return notApplicable('没有支付福彩公益金');
    return failsBy(
      payments.flatMap((fact) => {
        const day = firstDay(fact);
        const { amountFen, purpose } = fact.data;
        const outside = !parameters.list('M11.categories', day).includes(category);
        const word = parameters.list('M11.excludedWords', day).find((excluded) => purpose.includes(excluded));
        if (!outside && word === undefined) return [];
        const why = outside
          ? `项目类型为${PROJECT_CATEGORIES[category]},不在规定用途之内`
          : `用途“${purpose}”含“${word}”`;
        return [
          {
            steps: [{ severity: 'error' as const, from: day }],
            figures: { amountFen, category, purpose },
            events: [fact.id, ...(outside ? detailEvents(dossier, 'category') : [])],
            sentence: `${printPartialDate(fact.on)}支付福彩公益金 ${printYuan(BigInt(amountFen))} 元,${why}`,
          },
        ];
      }),
    );
  },
};
