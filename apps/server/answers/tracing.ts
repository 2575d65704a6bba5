import { Type } from 'typebox';
import {
  Id,
  Instant,
  Labelled,
  Money,
  NamedProject,
  nullable,
  NullableWhole,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  Whole,
  Word,
} from './shapes.js';

const PlanDocument = object({
  id: Id,
  documentNumber: Word,
  title: nullable(Word),
  authority: Word,
  region: object({ code: Word, name: Word }),
  source: Labelled,
  level: nullable(Labelled),
  budgetYear: Whole,
  effectiveDate: PartialDateShape,
  recordedAt: Instant,
  total: Money,
  inLines: Money,
  drawn: Money,
  remainder: Money,
  projects: Whole,
  changes: Whole,
});

export const PlanDocumentPage = pageOf(PlanDocument);

export const IssuedPlanDocumentShape = object({
  id: Id,
  revision: Whole,
  position: nullable(PositionShape),
});

export const ReallocationShape = object({
  reallocationId: Id,
  outEventId: Id,
  inEventId: Id,
  position: nullable(PositionShape),
});

const ReallocationSide = object({
  project: NamedProject,
  eventId: nullable(Id),
  stands: Type.Boolean({ description: '已登记且未冲销' }),
});

export const ReallocationPage = pageOf(
  object({
    id: Id,
    state: Labelled,
    from: ReallocationSide,
    to: ReallocationSide,
    source: Labelled,
    level: nullable(Labelled),
    budgetYear: Whole,
    stage: Labelled,
    amount: Money,
    effectiveDate: PartialDateShape,
    documentNumber: nullable(Word),
    reason: Word,
  }),
);

const Step = object({
  eventId: Id,
  eventType: Word,
  stage: Labelled,
  effectiveDate: PartialDateShape,
  recordedAt: Instant,
  documentNumber: nullable(Word),
  budgetYear: Whole,
  eventAmount: Money,
  payee: nullable(Word),
  purpose: nullable(Word),
});
const Steps = Type.Array(Step);

export const PaymentTraceShape = object({
  project: NamedProject,
  source: Labelled,
  level: nullable(Labelled),
  payment: Step,
  reversedBy: nullable(Id),
  lots: Type.Array(
    object({
      amount: Money,
      steps: Steps,
      traced: Type.Boolean({ description: 'false：此前的来路在该时点不可知' }),
      planDocument: nullable(
        object({ id: Id, documentNumber: Word, title: nullable(Word), authority: Word }),
      ),
    }),
    { description: '先进先出；各笔之和等于支付金额' },
  ),
});

const AmountsByStage = object({
  allocated: Money,
  disbursed: Money,
  received: Money,
  paid: Money,
  recovered: Money,
  returned: Money,
  reallocated: Money,
});

export const PlanDocumentTraceShape = object({
  document: PlanDocument,
  now: AmountsByStage,
  pending: Money,
  projects: Type.Array(
    object({
      project: NamedProject,
      line: nullable(Money),
      drawn: Money,
      remainder: nullable(Money),
      now: AmountsByStage,
      pending: Type.Object(Money.properties, {
        additionalProperties: false,
        description: '已占用额度而项目的下达尚未记录：用同一幂等键重发即可完成',
      }),
    }),
  ),
  lots: Type.Array(
    object({ project: NamedProject, amount: Money, stage: Labelled, budgetYear: Whole, steps: Steps }),
  ),
});

const ageingFigures = {
  amounts: Type.Array(Money, { description: '与 classes 同序' }),
  overdrawn: Type.Object(Money.properties, {
    additionalProperties: false,
    description: '该时点支出多于收入的部分，零或负数',
  }),
  balance: Money,
  lots: Whole,
};

export const AgeingShape = object({
  agedOn: Type.String({ format: 'date' }),
  classes: Type.Array(object({ over: NullableWhole, upTo: NullableWhole, label: Word })),
  rows: Type.Array(
    object({ stage: Labelled, source: Labelled, level: nullable(Labelled), ...ageingFigures }),
  ),
  totals: Type.Array(object({ stage: Labelled, ...ageingFigures })),
});

export const IdleLotPage = pageOf(
  object({
    project: NamedProject,
    stage: Labelled,
    source: Labelled,
    level: nullable(Labelled),
    budgetYear: Whole,
    amount: Money,
    originEventId: Id,
    effectiveDate: PartialDateShape,
    documentNumber: nullable(Word),
    ageDays: Whole,
  }),
);
