import type { MoneyPlace } from '#libs/projects/domain/vocabulary.js';
import type { Schema } from '../../api/paths.js';

export type PaymentTrace = Schema<'PaymentTrace'>;
export type TraceStep = PaymentTrace['payment'];
export type PlanDocument = Schema<'PlanDocumentPage'>['items'][number];
export type Ageing = Schema<'Ageing'>;

/** Where a document's money is now, from the issue to the payee. */
const NOW_STAGES = {
  allocated: '已下达未拨付',
  disbursed: '已拨付未到位',
  received: '已到位未支付',
  paid: '已支付',
  recovered: '已收回',
  returned: '结余已上缴',
  reallocated: '项目间调剂在途',
} as const satisfies Record<MoneyPlace, string>;
/** Ends that few documents come to: shown where there is something. */
const RARE: ReadonlySet<string> = new Set<MoneyPlace>(['returned', 'reallocated']);

/** The places to show, with their words: what stands there adds up to what was allotted. */
export function placesOf(now: Schema<'PlanDocumentTrace'>['now']): [MoneyPlace, string][] {
  const all = Object.entries(NOW_STAGES) as [MoneyPlace, string][];
  return all.filter(([place]) => !RARE.has(place) || now[place].fen !== '0');
}
