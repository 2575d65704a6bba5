import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { DIRECT_SOURCES, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { factsOf, firstDay, lastDay, latestOf, type Dossier, type DossierFact } from '../dossier.js';
import { failsBy, notApplicable, type FindingItem } from '../outcome.js';
import type { Rule } from '../rule.js';

type Payment = DossierFact<'FundsPaid'>;

export const m5: Rule = {
  id: 'M5',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'error',
  title: '开工前或计划下达前支付资金',
  basis: '基本建设财务规则（财政部令第81号）：按计划、合同和工程进度支付',
  reads: ['FundsPaid', 'FundsAllocated', 'ConstructionStarted'],
  parameters: [],
  evaluate(dossier) {
    const payments = factsOf(dossier, 'FundsPaid');
    if (payments.length === 0) return notApplicable('没有支付');
    return failsBy(payments.flatMap((fact) => [...beforeStart(dossier, fact), ...beforePlan(dossier, fact)]));
  },
};

function beforeStart(dossier: Dossier, payment: Payment): FindingItem[] {
  const start = latestOf(dossier, 'ConstructionStarted');
  if (start && lastDay(payment) >= firstDay(start)) return [];
  const why = start ? `项目${printPartialDate(start.on)}才开工` : '项目尚未开工';
  return [itemOf(payment, 'warning', start ? [start.id] : [], why, { startedOn: start?.on ?? '' })];
}

/** Direct money is not allocated; fiscal money that was paid has been, but perhaps on a later day. */
function beforePlan(dossier: Dossier, payment: Payment): FindingItem[] {
  const { source } = payment.data;
  if (DIRECT_SOURCES.has(source)) return [];
  const issued = factsOf(dossier, 'FundsAllocated')
    .filter(({ data }) => data.source === source)
    .toSorted((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1))[0];
  if (!issued || lastDay(payment) >= firstDay(issued)) return [];
  const why = `${FUNDING_SOURCES[source]}计划${printPartialDate(issued.on)}才下达`;
  return [itemOf(payment, 'error', [issued.id], why, { allocatedOn: issued.on })];
}

function itemOf(
  payment: Payment,
  severity: 'warning' | 'error',
  events: string[],
  why: string,
  figures: Record<string, string>,
): FindingItem {
  const { amountFen } = payment.data;
  return {
    steps: [{ severity, from: firstDay(payment) }],
    figures: { amountFen, paidOn: payment.on, ...figures },
    events: [payment.id, ...events],
    sentence: `${printPartialDate(payment.on)}支付 ${printYuan(BigInt(amountFen))} 元，${why}`,
  };
}
