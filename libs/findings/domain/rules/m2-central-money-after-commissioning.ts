import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { factsOf, firstDay, lastDay, latestOf } from '../dossier.js';
import { failsBy, notApplicable } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m2: Rule = {
  id: 'M2',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '已投入使用的项目仍下达中央资金',
  basis: '中央预算内投资不得用于已完工项目（各专项管理办法的通行要求）',
  reads: ['FundsAllocated', 'ProjectCommissioned'],
  parameters: ['M2.centralSources'],
  evaluate(dossier, parameters) {
    const allocations = factsOf(dossier, 'FundsAllocated').filter((fact) =>
      parameters.list('M2.centralSources', firstDay(fact)).includes(fact.data.source),
    );
    if (allocations.length === 0) return notApplicable('没有下达中央资金');
    const inUse = latestOf(dossier, 'ProjectCommissioned');
    if (!inUse) return failsBy([]);
    const late = allocations.filter((fact) => firstDay(fact) > lastDay(inUse));
    return failsBy(
      late.map((fact) => ({
        steps: [{ severity: 'error', from: firstDay(fact) }],
        figures: { amountFen: fact.data.amountFen, commissionedOn: inUse.on, allocatedOn: fact.on },
        events: [inUse.id, fact.id],
        sentence:
          `项目${printPartialDate(inUse.on)}已投入使用，${printPartialDate(fact.on)}又下达` +
          `${FUNDING_SOURCES[fact.data.source]} ${printYuan(BigInt(fact.data.amountFen))} 元`,
      })),
    );
  },
};
