import { LISTINGS, factsOf, firstDay, isWithdrawn, listingsOf } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

/** A project comes to be by entering the pool, so of “not in the pool, or no code” only the code can be missing. */
export const l6: Rule = {
  id: 'L6',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'warning',
  title: '列入清单而没有项目代码',
  basis: '企业投资项目核准和备案管理条例、政府投资条例：使用在线平台生成的项目代码办理手续',
  reads: [...LISTINGS, 'ProjectWithdrawn', 'ProjectCodeAssigned'],
  parameters: [],
  evaluate(dossier) {
    const listings = listingsOf(dossier);
    const [first] = listings;
    if (!first) return notApplicable('未列入清单');
    if (isWithdrawn(dossier)) return notApplicable('项目已终止（调出）');
    if (factsOf(dossier, 'ProjectCodeAssigned').length > 0) return PASS;
    return failsBy([
      {
        steps: [{ severity: 'warning', from: firstDay(first) }],
        figures: { listTitle: first.title },
        events: [...new Set(listings.map(({ id }) => id))],
        sentence: `列入《${first.title}》，没有赋码记录`,
      },
    ]);
  },
};
