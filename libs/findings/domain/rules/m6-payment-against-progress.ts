import { printYuan } from '#libs/kernel/money.js';
import { DETAILS, ESTIMATE, detailEvents, estimateOf, factsOf, sinceEvents } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import {
  compare,
  fromDecimal,
  magnitude,
  minus,
  percentText,
  printed,
  rational,
} from '#libs/kernel/rational.js';
import type { Rule } from '../rule.js';

export const m6: Rule = {
  id: 'M6',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'warning',
  title: '支付比例与形象进度相差过大',
  basis: '基本建设财务规则（财政部令第81号）：按工程进度办理价款结算和支付',
  reads: [...DETAILS, ...ESTIMATE, 'ProgressReported', 'FundsPaid'],
  parameters: ['M6.points'],
  evaluate(dossier, parameters) {
    const report = factsOf(dossier, 'ProgressReported')
      .filter(({ data }) => data.physicalPercent !== undefined)
      .toSorted((a, b) => (a.data.month < b.data.month ? -1 : 1))
      .at(-1);
    if (!report) return notApplicable('没有上报形象进度');
    const estimate = estimateOf(dossier);
    const total = BigInt(dossier.details?.totalInvestmentFen ?? 0);
    const base = estimate?.fen ?? total;
    if (base === 0n) return notApplicable('概算和总投资均未知');
    const payments = factsOf(dossier, 'FundsPaid');
    const paid = payments.reduce((sum, { data }) => sum + BigInt(data.amountFen), 0n);
    const physical = report.data.physicalPercent!;
    const gap = magnitude(minus(rational(paid * 100n, base), fromDecimal(physical)));
    const events = [
      report.id,
      ...(estimate ? [estimate.id] : detailEvents(dossier, 'totalInvestmentFen')),
      ...payments.map(({ id }) => id),
    ];
    const since = sinceEvents(dossier, events);
    const limit = parameters.decimal('M6.points', since);
    if (compare(gap, limit) <= 0) return PASS;
    const share = percentText(paid, base);
    return failsBy([
      {
        steps: [{ severity: 'warning', from: since }],
        figures: {
          paidFen: paid.toString(),
          baseFen: base.toString(),
          paidPercent: share,
          physicalPercent: physical,
          points: printed(gap, 2),
        },
        events,
        sentence:
          `已支付 ${printYuan(paid)} 元 ÷ ${estimate ? '概算' : '总投资'} ${printYuan(base)} 元 = ${share}%，` +
          `形象进度 ${physical}%，相差 ${printed(gap, 2)} 个百分点`,
      },
    ]);
  },
};
