import { printWan, printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { DETAILS, detailEvents, factsOf, firstDay } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

const SOURCE = 'CentralBudgetInvestment';

export const m12: Rule = {
  id: 'M12',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '中央补助超过规模乘以当时的补助标准',
  basis: '“十四五”积极应对人口老龄化工程和托育建设中央预算内投资专项的补助标准（适用条件待核）',
  reads: [...DETAILS, 'FundsAllocated'],
  parameters: ['M12.perBedFen', 'M12.perPlaceFen'],
  evaluate(dossier, parameters) {
    const allocations = factsOf(dossier, 'FundsAllocated').filter(({ data }) => data.source === SOURCE);
    if (allocations.length === 0) return notApplicable('没有下达中央预算内投资');
    const { beds, places } = dossier.details?.plannedCapacity ?? {};
    if (!beds && !places) return notApplicable('计划床位和托位均未知');
    let allocated = 0n;
    for (const fact of allocations.toSorted((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1))) {
      allocated += BigInt(fact.data.amountFen);
      const perBed = parameters.fen('M12.perBedFen', firstDay(fact));
      const perPlace = parameters.fen('M12.perPlaceFen', firstDay(fact));
      const ceiling = BigInt(beds?.high ?? 0) * perBed + BigInt(places?.high ?? 0) * perPlace;
      if (allocated <= ceiling) continue;
      const terms = [
        ...(beds ? [`床位 ${beds.high} 张 × ${printWan(perBed)} 万元`] : []),
        ...(places ? [`托位 ${places.high} 个 × ${printWan(perPlace)} 万元`] : []),
      ].join(' + ');
      return failsBy([
        {
          steps: [{ severity: 'error', from: firstDay(fact) }],
          figures: {
            allocatedFen: allocated.toString(),
            ceilingFen: ceiling.toString(),
            overFen: (allocated - ceiling).toString(),
            perBedFen: perBed.toString(),
            perPlaceFen: perPlace.toString(),
          },
          events: [...allocations.map(({ id }) => id), ...detailEvents(dossier, 'plannedCapacity')],
          sentence:
            `至${printPartialDate(fact.on)}累计下达 ${printYuan(allocated)} 元，` +
            `${terms} = ${printYuan(ceiling)} 元，超过 ${printYuan(allocated - ceiling)} 元`,
        },
      ]);
    }
    return PASS;
  },
};
