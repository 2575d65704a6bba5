import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { FUND_STAGES, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { addDays } from '../days.js';
import { factsOf, lastDay, REALLOCATIONS } from '../dossier.js';
import { failsBy, notApplicable, type FindingItem } from '../outcome.js';
import type { Rule } from '../rule.js';

/** How each half reads that stands alone. */
const ALONE = {
  FundsReallocatedOut: { side: '调出', missing: '对方项目没有登记调入，或已冲销' },
  FundsReallocatedIn: { side: '调入', missing: '对方项目没有登记调出，或已冲销' },
} as const;

/** A rule of this system: nobody can spend money that left one project and did not come to the other. */
export const m14: Rule = {
  id: 'M14',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '项目间调剂只登记了一方',
  basis: '会计法：会计账簿应当如实、成对反映款项的去向（本系统自设规则）',
  reads: REALLOCATIONS,
  parameters: ['M14.days', 'M14.errorAfterDays'],
  evaluate(dossier, parameters) {
    if (factsOf(dossier, ...REALLOCATIONS).length === 0) return notApplicable('没有与其他项目调剂资金');
    const paired = new Set(dossier.counterHalves.values());
    const alone = REALLOCATIONS.flatMap((type) =>
      factsOf(dossier, type)
        .filter(({ data }) => !paired.has(data.reallocationId))
        .map((fact): FindingItem => {
          const { id, data } = fact;
          const { side, missing } = ALONE[type];
          const day = lastDay(fact);
          const after = (name: string) => addDays(day, parameters.whole(name, day) + 1);
          const days = parameters.whole('M14.days', day);
          const what = `${FUNDING_SOURCES[data.source]} ${printYuan(BigInt(data.amountFen))} 元`;
          return {
            steps: [
              { severity: 'warning', from: after('M14.days') },
              { severity: 'error', from: after('M14.errorAfterDays') },
            ],
            figures: {
              amountFen: data.amountFen,
              source: data.source,
              side,
              stage: FUND_STAGES[data.stage],
              reallocatedOn: day,
              days: String(days),
            },
            events: [id],
            sentence: `${printPartialDate(day)}${side}的${what}（${FUND_STAGES[data.stage]}），${missing}（超过 ${days} 天起提示）`,
          };
        }),
    );
    return failsBy(alone);
  },
};
