import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  FUND_STAGES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { labelled } from '../views.js';
import { MoneyFlow, type Path } from './lots.js';
import { projectNames, standingMovements, stepOf, type TracedMovement } from './movements.js';
import {
  PaymentTraceQuery,
  type NamedPlanDocument,
  type PaymentLot,
  type PaymentTrace,
  type TraceStep,
} from './queries.js';

interface RawPayment {
  project_id: string;
  effective: string;
  recorded_at: Date;
  data: {
    source: FundingSource;
    level?: FundingLevel;
    budgetYear: number;
    amountFen: string;
    payee: string;
    basisDocument: string;
    purpose: string;
  };
  reversed_by: string | null;
}

/** The payment by its id, with its reversal as it was known. */
const PAYMENT = `
  select t.project_id, t.effective, t.recorded_at, t.data,
    (select r.event_id from read.timeline_event r where r.event_id = t.reversed_by and ${asOfCondition('r')})
      as reversed_by
  from read.timeline_event t
  where t.event_id = $3 and t.event_type = 'FundsPaid' and ${asOfCondition('t')}`;

const DOCUMENTS = `
  select d.allocation_id, p.plan_id, p.document_number, p.title, p.authority
  from read.fund_plan p
  join (
    select d.allocation_id, d.plan_id from read.fund_plan_draw d
    where d.allocation_id = any($3::uuid[]) and ${asOfCondition('d')}
    group by d.allocation_id, d.plan_id having sum(d.amount_fen) > 0
  ) d on d.plan_id = p.plan_id
  where ${asOfCondition('p')}`;

@QueryHandler(PaymentTraceQuery)
export class PaymentTraceHandler implements IQueryHandler<PaymentTraceQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PaymentTraceQuery): Promise<PaymentTrace> {
    const { eventId } = params;
    const asOf = asOfParameters(params);
    const [payment] = await this.database.query<RawPayment[]>(PAYMENT, [...asOf, eventId]);
    if (!payment) {
      throw new Refusal('trace.unknownPayment', `没有编号为 ${eventId} 的支付记录（或在该时点尚未记录）`, {
        eventId,
      });
    }
    const { source, level = null } = payment.data;
    const movements = await standingMovements(this.database, asOf, [payment.project_id], { source, level });
    const movement = movements.find((each) => each.eventId === eventId);
    const paths = movement ? [...new MoneyFlow(movements).origins(movement)] : [];
    const names = await projectNames(this.database, [payment.project_id]);
    return {
      project: { id: payment.project_id, name: names.get(payment.project_id) ?? '' },
      source: labelled(FUNDING_SOURCES, source),
      level: level && labelled(FUNDING_LEVELS, level),
      payment: paymentStep(eventId, payment),
      reversedBy: payment.reversed_by,
      lots: await this.withDocuments(paths, asOf),
    };
  }

  private async withDocuments(
    paths: readonly Path<TracedMovement>[],
    asOf: readonly (string | null)[],
  ): Promise<PaymentLot[]> {
    const origins = paths.map(({ steps }) => steps.at(-1)!.eventId);
    const rows = await this.database.query<
      {
        allocation_id: string;
        plan_id: string;
        document_number: string;
        title: string | null;
        authority: string;
      }[]
    >(DOCUMENTS, [...asOf, origins]);
    const documents = new Map(
      rows.map(({ allocation_id, plan_id: id, document_number: documentNumber, title, authority }) => {
        const document: NamedPlanDocument = { id, documentNumber, title, authority };
        return [allocation_id, document];
      }),
    );
    return paths.map(({ amountFen, steps, traced }) => ({
      amount: moneyView(amountFen),
      steps: steps.map(stepOf),
      traced,
      planDocument: documents.get(steps.at(-1)!.eventId) ?? null,
    }));
  }
}

/** From the event itself, since a payment that was taken back is in no flow. */
function paymentStep(eventId: string, { effective, recorded_at, data }: RawPayment): TraceStep {
  return {
    eventId,
    eventType: 'FundsPaid',
    stage: labelled(FUND_STAGES, 'paid'),
    effectiveDate: effective,
    recordedAt: recorded_at.toISOString(),
    documentNumber: data.basisDocument,
    budgetYear: data.budgetYear,
    eventAmount: moneyView(BigInt(data.amountFen)),
    payee: data.payee,
    purpose: data.purpose,
  };
}
