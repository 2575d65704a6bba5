import type { Schema } from '../../api/paths.js';

export type PaymentTrace = Schema<'PaymentTrace'>;
export type TraceStep = PaymentTrace['payment'];
export type PlanDocument = Schema<'PlanDocumentPage'>['items'][number];
export type Ageing = Schema<'Ageing'>;

/** Where a document's money is now, from the issue to the payee. */
export const NOW_STAGES = {
  allocated: '已下达未拨付',
  disbursed: '已拨付未到位',
  received: '已到位未支付',
  paid: '已支付',
  recovered: '已收回',
} as const;
