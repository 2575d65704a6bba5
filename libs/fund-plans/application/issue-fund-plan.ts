import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EventStore } from '#libs/event-store/port.js';
import { chinaDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { assertInRegion, assertMayRecord } from '#libs/projects/application/permissions.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import { projectStream } from '#libs/projects/domain/events.js';
import { fundPlanId, type FundPlanEventData } from '../domain/events.js';
import { refuse } from '../domain/refusal-codes.js';
import { FundPlanBook, type FundPlanOutcome } from './fund-plan-book.js';

export interface FundPlanSubmission {
  data: FundPlanEventData<'FundPlanIssued'>;
  effectiveDate: PartialDate;
  actor: Actor;
  commandId: string;
  evidence: readonly Evidence[];
}

export type IssuedFundPlan = FundPlanOutcome & { planId: string };

/** Records a plan document. @throws Refusal, StoreUnavailable, OutcomeUnknown */
export class IssueFundPlan extends Command<IssuedFundPlan> {
  constructor(readonly submission: FundPlanSubmission) {
    super();
  }
}

/** What the handler needs; a class, so that Nest can name it. */
export class FundPlanDesk {
  constructor(
    readonly book: FundPlanBook,
    readonly store: EventStore,
    readonly now: () => Date = () => new Date(),
  ) {}
}

@CommandHandler(IssueFundPlan)
export class IssueFundPlanHandler implements ICommandHandler<IssueFundPlan> {
  constructor(private readonly desk: FundPlanDesk) {}

  async execute({ submission }: IssueFundPlan): Promise<IssuedFundPlan> {
    const { data, actor, commandId, effectiveDate, evidence } = submission;
    // Whoever may allocate money may say what it is allocated from.
    assertMayRecord(actor, 'AllocateFunds');
    assertInRegion(actor, [data.region]);
    await assertProjectsKnown(this.desk.store, data.lines);
    const planId = fundPlanId(data.documentNumber);
    const context = { effectiveDate, today: chinaDay(this.desk.now()) };
    const outcome = await this.desk.book.perform(
      planId,
      { type: 'IssueFundPlan', data, context },
      { actor, effectiveDate, evidence: [...evidence], correlationId: commandId, causationId: commandId },
      () => commandId,
    );
    return { ...outcome, planId };
  }
}

/** @throws Refusal `fundPlan.unknownProject` */
export async function assertProjectsKnown(
  store: EventStore,
  lines: FundPlanEventData<'FundPlanIssued'>['lines'],
): Promise<void> {
  for (const { projectId } of lines) {
    if (!(await exists(store, projectId))) {
      refuse('fundPlan.unknownProject', `计划所列项目 ${projectId} 尚未入库`, { projectId });
    }
  }
}

async function exists(store: EventStore, projectId: string): Promise<boolean> {
  for await (const _ of store.readStream(projectStream(projectId), { limit: 1 })) return true;
  return false;
}
