import { RevisionConflict } from '#libs/event-store/errors.js';
import { comparePositions, type Position } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectRecorder, Rehearsal } from '#libs/projects/application/project-recorder.js';
import { FactRecorder } from '#libs/projects/application/record-project-fact.js';
import type { ProjectSubmission, Recorded } from '#libs/projects/application/submission.js';
import type { ProjectEventData } from '#libs/projects/domain/events.js';
import type { Drawing } from '../domain/decider.js';
import { fundPlanId, type FundPlanEventData } from '../domain/events.js';
import { declineOr } from './decline.js';
import type { Circumstances, FundPlanBook, FundPlanHistory } from './fund-plan-book.js';

interface PlannedDraw {
  planId: string;
  drawing: Drawing;
}

/**
 * Records facts of projects, and has every allocation that names a recorded plan document hold its amount there first.
 *
 * Document and project are two streams, and not every store can write both at once. The order makes it safe: what the
 * project would refuse is refused before anything is stored; then the document is drawn on, which settles who gets the
 * last of it; then the project's event is stored. Only a lost race can still refuse that; the project is then told that
 * the allocation will not come any more, and after that the draw is released. Whoever sends the same command at the same
 * time finds either the allocation or that note in the project's stream, never a draw that is gone under it. Whoever is interrupted in between leaves a draw without its allocation, never an allocation above the
 * document; the same command sent again finds its draw and finishes.
 */
export class DrawingRecorder extends FactRecorder {
  constructor(
    private readonly projects: Pick<ProjectRecorder, 'record' | 'rehearse'>,
    private readonly book: FundPlanBook,
  ) {
    super();
  }

  async record(submission: ProjectSubmission): Promise<Recorded> {
    const touchesDocuments = submission.commands.some(
      ({ type }) => type === 'AllocateFunds' || type === 'ReverseEntry',
    );
    if (!touchesDocuments) return this.projects.record(submission);
    const rehearsal = await this.projects.rehearse(submission);
    const draws = drawsOf(submission, rehearsal);
    for (const draw of draws) await this.draw(draw, submission);
    const recorded = rehearsal.settled ?? (await this.recordOrRelease(submission, draws));
    // Also where it was recorded before: an earlier try may have been interrupted just here.
    const released = await this.releaseReversed(submission, rehearsal);
    return { ...recorded, position: later(recorded.position, released) };
  }

  /** What a plan document has left is not asked: that is settled when the amount is drawn. */
  rehearse(submission: ProjectSubmission): Promise<Rehearsal> {
    return this.projects.rehearse(submission);
  }

  private async recordOrRelease(
    submission: ProjectSubmission,
    draws: readonly PlannedDraw[],
  ): Promise<Recorded> {
    try {
      return await this.projects.record(submission);
    } catch (error) {
      const nothingStored = error instanceof Refusal || error instanceof RevisionConflict;
      if (nothingStored && draws.length > 0) {
        const settled = await declineOr(this.projects, submission, 'FundsAllocated');
        if (settled) return settled;
        for (const { planId, drawing } of draws) {
          await this.release(planId, drawing.allocationId, 'allocationRefused', submission);
        }
      }
      throw error;
    }
  }

  private async draw({ planId, drawing }: PlannedDraw, submission: ProjectSubmission): Promise<void> {
    await this.book.perform(
      planId,
      { type: 'DrawAllocation', data: drawing },
      circumstancesOf(submission),
      nextCommandOf(drawing.allocationId),
    );
  }

  /** The position from which the document shows the releases too. */
  private async releaseReversed(
    submission: ProjectSubmission,
    { state }: Rehearsal,
  ): Promise<Position | undefined> {
    let position: Position | undefined;
    for (const command of submission.commands) {
      if (command.type !== 'ReverseEntry') continue;
      const reversed = state.entries.get(command.data.eventId);
      if (reversed?.type !== 'FundsAllocated') continue;
      const { documentNumber } = reversed.data as ProjectEventData<'FundsAllocated'>;
      const planId = fundPlanId(documentNumber);
      position = later(position, await this.release(planId, reversed.id, 'allocationReversed', submission));
    }
    return position;
  }

  private async release(
    planId: string,
    allocationId: string,
    cause: FundPlanEventData<'DrawReleased'>['cause'],
    submission: ProjectSubmission,
  ): Promise<Position | undefined> {
    const { position } = await this.book.perform(
      planId,
      { type: 'ReleaseDraw', data: { allocationId, cause } },
      circumstancesOf(submission),
      nextCommandOf(allocationId),
    );
    return position;
  }
}

function later(a: Position | undefined, b: Position | undefined): Position | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comparePositions(a, b) > 0 ? a : b;
}

function drawsOf({ projectId }: ProjectSubmission, { events, state }: Rehearsal): PlannedDraw[] {
  return events.flatMap((event) => {
    if (event.type !== 'FundsAllocated') return [];
    const { documentNumber, source, level, budgetYear, amountFen } = event.data;
    const regions = state.details?.regions ?? [];
    const drawing = { allocationId: event.id, projectId, regions, source, level, budgetYear, amountFen };
    return [{ planId: fundPlanId(documentNumber), drawing }];
  });
}

/** An allocation may be drawn, released and drawn again: each step has an id of its own, by its number. */
function nextCommandOf(allocationId: string): (history: FundPlanHistory) => string {
  return ({ events }) => {
    const steps = events.filter(
      ({ type, data }) =>
        type !== 'FundPlanIssued' && 'allocationId' in data && data.allocationId === allocationId,
    );
    return idFor('fund-plan-draw', allocationId, String(steps.length));
  };
}

function circumstancesOf({
  actor,
  effectiveDate,
  evidence,
  commandId,
  correlationId,
}: ProjectSubmission): Circumstances {
  return {
    actor,
    effectiveDate,
    evidence: [...evidence],
    correlationId: correlationId ?? commandId,
    causationId: commandId,
  };
}
