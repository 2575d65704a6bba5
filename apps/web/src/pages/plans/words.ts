import { fromDecimal } from '#libs/kernel/rational.js';
import type { QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { quantity, QUANTITIES, type LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import type { Schema } from '../../api/paths.js';
import { printAmount, UNKNOWN, type Unit } from '../../parts/amount.js';

export type Plan = Schema<'PlanDetail'>['plan'];
export type Target = Schema<'PlanTargets'>['targets'][number];
export type Contradiction = Schema<'PlanTargets'>['contradictions'][number];
export type Trajectory = Schema<'Trajectory'>;
export type Part = Trajectory['actual'];
export type IndicatorItem = Schema<'IndicatorReport'>['answers'][number]['items'][number];

export const SEVERITIES = { note: '提示', warning: '可由舍入解释', error: '不符' } as const;

/** Signs beside the words, so that a verdict is seen in grey too. */
export const VERDICT_SIGNS: Readonly<Record<string, string>> = { reached: '✓', missed: '✗', open: '?' };

/** 1,234,567 of `1234567` and of `1234567.5`; a fraction stays as it is. */
export function grouped(exact: string): string {
  if (!/^\d+(\.\d+)?$/u.test(exact)) return exact;
  const [whole = '', ...rest] = exact.split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/gu, ','), ...rest].join('.');
}

/** What a part of an indicator comes to, in its unit, money in that of the view: 12,559 个, ≥ 2,580 个, —. */
export function partText({ low, high, unit }: Part, view: Unit): string {
  if (low === null) return UNKNOWN;
  const text = (exact: string): string => (unit === '元' ? printAmount(fenOf(exact), view) : grouped(exact));
  const printed = high === null ? `≥ ${text(low)}` : low === high ? text(low) : `${text(low)}–${text(high)}`;
  return `${printed} ${unit === '元' ? view : unit}`;
}

/** Exact 元 of an answer in fen; more than two decimals do not come. */
function fenOf(yuan: string): string {
  const size = fromDecimal(yuan.replace('-', ''));
  const fen = (size.part * 100n) / size.of;
  return String(yuan.startsWith('-') ? -fen : fen);
}

const STAGES: Readonly<Partial<Record<LedgerMeasure, string>>> = {
  completedInvestment: 'completedInvestment',
  completedInYear: 'completedInvestment',
  plannedForYear: 'planned',
  allocated: 'allocated',
  disbursed: 'disbursed',
  received: 'received',
  receivedFiscal: 'received',
  paid: 'paid',
};
/** Of money of the year alone. */
const IN_YEAR: ReadonlySet<LedgerMeasure> = new Set(['completedInYear', 'plannedForYear']);

/** Where all events behind a part of an indicator are listed. */
export interface EventList {
  label: string;
  path: string;
  query: Record<string, string>;
}

/** undefined for what plans and statistics say: their documents stand beside the part. */
export function eventList(
  { quantity: name, asOf }: Pick<Part, 'quantity' | 'asOf'>,
  region: string,
): EventList | undefined {
  if (!(name in QUANTITIES)) return undefined;
  const { ledger, capacity, projects } = quantity(name as QuantityId);
  const query = { region, ...(asOf && { effective: asOf }) };
  if (projects) return { label: '项目', path: '/projects', query };
  if (capacity) {
    const year = asOf?.slice(0, 4) ?? 'none';
    return {
      label: '各年的床位和托位分录',
      path: '/capacity',
      query: { ...query, kind: capacity.kind, figure: 'commissioned', year },
    };
  }
  if (ledger === 'totalInvestment') return { label: '分项目的台账', path: '/ledger', query };
  const stage = ledger && STAGES[ledger];
  if (!stage) return undefined;
  const inYear = IN_YEAR.has(ledger) && asOf && { year: asOf.slice(0, 4) };
  const label = ledger === 'receivedFiscal' ? '台账分录（含自筹等直接到位的）' : '台账分录';
  return { label, path: '/journal', query: { ...query, stage, ...(inYear || {}) } };
}
