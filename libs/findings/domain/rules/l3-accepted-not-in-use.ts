import { printPartialDate } from '#libs/kernel/partial-date.js';
import { addDays } from '../days.js';
import { factsOf, isWithdrawn, lastDay, latestOf } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

export const l3: Rule = {
  id: 'L3',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'warning',
  title: '竣工验收后未投入使用',
  basis: '项目建成后应当及时投入使用，避免闲置',
  reads: ['CompletionAccepted', 'ProjectWithdrawn', 'ProjectCommissioned'],
  parameters: ['L3.days'],
  evaluate(dossier, parameters) {
    const accepted = latestOf(dossier, 'CompletionAccepted');
    if (!accepted) return notApplicable('尚未竣工验收');
    if (isWithdrawn(dossier)) return notApplicable('项目已终止（调出）');
    if (factsOf(dossier, 'ProjectCommissioned').length > 0) return PASS;
    const days = parameters.whole('L3.days', lastDay(accepted));
    return failsBy([
      {
        steps: [{ severity: 'warning', from: addDays(lastDay(accepted), days + 1) }],
        figures: { acceptedOn: accepted.on, days: String(days) },
        events: [accepted.id],
        sentence: `${printPartialDate(accepted.on)}竣工验收，没有投入使用记录（超过 ${days} 天起提示）`,
      },
    ]);
  },
};
