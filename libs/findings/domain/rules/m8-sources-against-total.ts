import { printYuan } from '#libs/kernel/money.js';
import { DETAILS, LISTINGS, detailEvents, latestOf, listingsOf, sinceEvents } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m8: Rule = {
  id: 'M8',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '各资金来源之和不等于总投资（来源未列）',
  basis: '政府投资条例（国务院令第712号）：项目应当落实资金来源',
  reads: [...DETAILS, ...LISTINGS, 'FundingPlanned', 'FundingPlanRevised'],
  parameters: [],
  evaluate(dossier) {
    const total = dossier.details?.totalInvestmentFen;
    if (total === undefined) return notApplicable('总投资未知');
    const plan = latestOf(dossier, 'FundingPlanned', 'FundingPlanRevised');
    if (!plan && listingsOf(dossier).length === 0) return notApplicable('尚无资金计划，也未列入清单');
    const planned = (plan?.data.lines ?? []).reduce((sum, line) => sum + BigInt(line.amountFen), 0n);
    const unsourced = BigInt(total) - planned;
    if (unsourced === 0n) return PASS;
    const events = [...detailEvents(dossier, 'totalInvestmentFen'), ...(plan ? [plan.id] : [])];
    const arithmetic = `总投资 ${printYuan(BigInt(total))} 元 − 各来源合计 ${printYuan(planned)} 元`;
    return failsBy([
      {
        steps: [{ severity: unsourced > 0n ? 'warning' : 'error', from: sinceEvents(dossier, events) }],
        figures: { totalFen: total, plannedFen: planned.toString(), unsourcedFen: unsourced.toString() },
        events,
        sentence:
          unsourced > 0n
            ? `${arithmetic} = ${printYuan(unsourced)} 元，来源未列`
            : `${arithmetic} = ${printYuan(unsourced)} 元，来源多于总投资`,
      },
    ]);
  },
};
