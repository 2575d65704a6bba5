import { CONTRADICTION_RULES } from '#libs/plans/domain/contradictions/contradiction.js';
import { listAgainstText, promisesOf } from '#libs/plans/domain/contradictions/t4-list-against-text.js';
import { failsBy, notApplicable } from '../outcome.js';
import { itemOf, type PlanRule } from '../plan.js';

export const t4: PlanRule = {
  id: 'T4',
  version: 1,
  category: 'plan',
  subject: 'plan',
  severity: 'error',
  title: CONTRADICTION_RULES.T4,
  basis: '方案所附清单应当足以实现正文的目标',
  parameters: [],
  evaluate(plan) {
    if (plan.isArea) return notApplicable('方案的地区没有行政区划代码，不知有哪些项目');
    const promises = promisesOf(plan.figures, plan.region);
    if (promises.length === 0) return notApplicable('没有写明年份、并有基期数可比的床位或托位目标');
    // Targets of one year that take the same number are one promise.
    const distinct = new Map(
      promises.map((each) => [`${each.definition.numerator} ${each.target.data.year} ${each.needed}`, each]),
    );
    return failsBy(
      [...distinct.values()].flatMap((promised) => {
        const listed = plan.listed(promised);
        return listAgainstText(promised, listed).map((found) => itemOf(plan, found, listed.events));
      }),
    );
  },
};
