import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { assertInRegion, assertMayRecord } from '#libs/projects/application/permissions.js';
import type { Adjustment } from '../domain/changes.js';
import { refuse } from '../domain/refusal-codes.js';
import {
  assertProjectsKnown,
  FundPlanDesk,
  type FundPlanSubmission,
  type IssuedFundPlan,
} from './issue-fund-plan.js';

export type AdjustmentSubmission = Omit<FundPlanSubmission, 'data'> & { planId: string; data: Adjustment };

/** 调整投资计划: total and lines anew. @throws Refusal, StoreUnavailable, OutcomeUnknown */
export class AdjustFundPlan extends Command<IssuedFundPlan> {
  constructor(readonly submission: AdjustmentSubmission) {
    super();
  }
}

@CommandHandler(AdjustFundPlan)
export class AdjustFundPlanHandler implements ICommandHandler<AdjustFundPlan> {
  constructor(private readonly desk: FundPlanDesk) {}

  async execute({ submission }: AdjustFundPlan): Promise<IssuedFundPlan> {
    const { planId, data, actor, commandId, effectiveDate, evidence } = submission;
    assertMayRecord(actor, 'AllocateFunds');
    const { plan } = (await this.desk.book.read(planId)).state;
    if (!plan) return refuse('fundPlan.notFound', `没有标识为 ${planId} 的投资计划`, { planId });
    assertInRegion(actor, [plan.region]);
    await assertProjectsKnown(this.desk.store, data.lines);
    const outcome = await this.desk.book.perform(
      planId,
      { type: 'AdjustFundPlan', data, context: { effectiveDate, today: chinaDay(this.desk.now()) } },
      { actor, effectiveDate, evidence: [...evidence], correlationId: commandId, causationId: commandId },
      () => commandId,
    );
    return { ...outcome, planId };
  }
}
