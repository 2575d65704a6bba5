import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { LOTTERY_PURPOSES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { DETAILS, detailEvents, factsOf, firstDay } from '../dossier.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m11: Rule = {
  id: 'M11',
  version: 2,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '福彩公益金用于规定以外的用途',
  basis: '彩票公益金管理办法；民政部门彩票公益金用于老年人、残疾人、孤儿、有特殊困难等人群',
  reads: [...DETAILS, 'FundsAllocated', 'FundsPaid'],
  parameters: ['M11.categories', 'M11.excludedWords', 'M11.purposes'],
  evaluate(dossier, parameters) {
    const payments = factsOf(dossier, 'FundsPaid').filter(({ data }) => data.source === 'WelfareLotteryFund');
    const allotments = factsOf(dossier, 'FundsAllocated').filter(
      ({ data }) => data.source === 'WelfareLotteryFund',
    );
    const category = dossier.details?.category;
    if (payments.length === 0 || !category) return notApplicable('没有支付福彩公益金');
    return failsBy(
      payments.flatMap((fact) => {
        const day = firstDay(fact);
        const { amountFen, purpose, lotteryPurpose } = fact.data;
        const outside = !parameters.list('M11.categories', day).includes(category);
        const word = parameters.list('M11.excludedWords', day).find((excluded) => purpose.includes(excluded));
        const stray =
          lotteryPurpose !== undefined && !parameters.list('M11.purposes', day).includes(lotteryPurpose);
        const allotted = allotments.filter(
          ({ data }) => data.level === fact.data.level && data.lotteryPurpose,
        );
        const other =
          lotteryPurpose !== undefined &&
          allotted.length > 0 &&
          !allotted.some(({ data }) => data.lotteryPurpose === lotteryPurpose);
        if (!outside && word === undefined && !stray && !other) return [];
        const why = outside
          ? `项目类型为${PROJECT_CATEGORIES[category]}，不在规定用途之内`
          : word !== undefined
            ? `用途“${purpose}”含“${word}”`
            : `用于${LOTTERY_PURPOSES[lotteryPurpose!]}，${stray ? '不在规定用途之内' : '与下达时注明的用途不符'}`;
        return [
          {
            steps: [{ severity: 'error' as const, from: day }],
            figures: { amountFen, category, purpose, ...(lotteryPurpose && { lotteryPurpose }) },
            events: [
              fact.id,
              ...(outside ? detailEvents(dossier, 'category') : []),
              ...(other ? allotted.map(({ id }) => id) : []),
            ],
            sentence: `${printPartialDate(fact.on)}支付福彩公益金 ${printYuan(BigInt(amountFen))} 元，${why}`,
          },
        ];
      }),
    );
  },
};
