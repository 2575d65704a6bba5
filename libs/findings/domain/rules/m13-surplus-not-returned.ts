import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { DIRECT_SOURCES, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { addMonths, dayAfter } from '../days.js';
import { lastDay, latestOf, REALLOCATIONS } from '../dossier.js';
import { openLots } from '../lots.js';
import { failsBy, notApplicable, type FindingItem } from '../outcome.js';
import type { Rule } from '../rule.js';

export const m13: Rule = {
  id: 'M13',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '竣工后结余资金未交回',
  basis: '基本建设财务规则（财政部令第81号）：财政结余资金在竣工验收合格后三个月内收回',
  reads: [
    'FinalAccountApproved',
    'CompletionAccepted',
    'FundsReceived',
    'FundsPaid',
    'FundsRecovered',
    'FundsReturned',
    ...REALLOCATIONS,
  ],
  parameters: ['M13.months'],
  evaluate(dossier, parameters) {
    const final = latestOf(dossier, 'FinalAccountApproved');
    if (!final) return notApplicable('竣工决算未批复，结余未定');
    const accepted = latestOf(dossier, 'CompletionAccepted') ?? final;
    const months = parameters.whole('M13.months', lastDay(accepted));
    const due = dayAfter(addMonths(lastDay(accepted), months));
    const from = due > lastDay(final) ? due : lastDay(final);
    const left = new Map<string, FindingItem>();
    for (const lot of openLots(dossier, 'FundsReceived', 'FundsPaid', 'FundsRecovered', 'FundsReturned')) {
      if (DIRECT_SOURCES.has(lot.source)) continue;
      const before = left.get(lot.source);
      const fen = BigInt(before?.figures['surplusFen'] ?? 0) + lot.leftFen;
      left.set(lot.source, {
        steps: [{ severity: 'error', from }],
        figures: { surplusFen: fen.toString(), source: lot.source, finalAccountOn: final.on },
        events: [...new Set([final.id, accepted.id, ...(before?.events ?? []), lot.id])],
        sentence:
          `竣工决算${printPartialDate(final.on)}批复，${FUNDING_SOURCES[lot.source]}结余 ${printYuan(fen)} 元` +
          `应自竣工验收起 ${months} 个月内交回`,
      });
    }
    return failsBy([...left.values()]);
  },
};
