import { RevisionConflict } from '#libs/event-store/errors.js';
import { comparePositions, type EventStore, type Position } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { yearOf } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { readProjectHistory } from '#libs/projects/application/project-history.js';
import type { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { ProjectSubmission, Recorded } from '#libs/projects/application/submission.js';
import { yearsOf } from '#libs/projects/domain/decide/years.js';
import type { ProjectEventData } from '#libs/projects/domain/events.js';
import type { PastEntry, ProjectState } from '#libs/projects/domain/state.js';
import { fundPlanId, type FundPlanEventData } from '../domain/events.js';
import { refuse } from '../domain/refusal-codes.js';
import { declineOr } from './decline.js';
import type { FundPlanBook } from './fund-plan-book.js';
import {
  halvesOf,
  inCommand,
  inEventId,
  outEventId,
  reversalsOf,
  type ReallocationRequest,
} from './reallocation.js';

export interface Reallocated {
  reallocationId: string;
  outcome: 'recorded' | 'repeated';
  out: Recorded;
  in: Recorded;
  /** From which position on both halves are to be seen. */
  position: Position | undefined;
}

type Released = FundPlanEventData<'DrawReallocationReleased'>['cause'];

/**
 * Records both halves of a reallocation, in two streams that not every store writes at once. Both are tried with nothing
 * stored; then the plan document moves its draw, the money leaves the one project, and it comes to the other: until it
 * is there nobody can spend it. Whoever is cut short sends the same again and finds what is there. Where only a lost
 * race refuses the second half, the project says that it will not come, and the first half is taken back.
 */
export class Reallocator {
  constructor(
    private readonly projects: ProjectRecorder,
    private readonly book: FundPlanBook,
    private readonly store: EventStore,
  ) {}

  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  async reallocate(request: ReallocationRequest): Promise<Reallocated> {
    const { fromProjectId, toProjectId, commandId } = request;
    if (fromProjectId === toProjectId) {
      refuse('reallocation.sameProject', '调出与调入不能是同一个项目', { projectId: toProjectId });
    }
    const giver = await this.stateOf(fromProjectId);
    const taker = await this.stateOf(toProjectId);
    const years = yearsOf(request.data, request.effectiveDate);
    const closed = (state: ProjectState) => years.some((year) => state.closedYears.has(year));
    const halves = halvesOf(request, { from: closed(giver), to: closed(taker) });
    if (giver.entries.get(outEventId(commandId))?.reversed) undone(commandId);
    const first = await this.projects.rehearse(halves.out);
    if (first.settled && taker.declined.has(inEventId(commandId))) {
      await this.undo(request, halves.out, 'reallocationRefused');
      undone(commandId);
    }
    const second = await this.projects.rehearse(halves.in);
    if (!second.settled) await this.moveDraw(request);
    const out = await this.recordOut(request, halves.out);
    const taken = await this.recordIn(request, halves);
    const recorded = out.outcome === 'recorded' || taken.outcome === 'recorded';
    return {
      reallocationId: commandId,
      outcome: recorded ? 'recorded' : 'repeated',
      out,
      in: taken,
      position: later(out.position, taken.position),
    };
  }

  /**
   * Reverses both halves, whichever of them the reversal names: the money leaves the one that took it first. Both are
   * tried with nothing stored, so that a project that refuses its half keeps the other one from being taken back too.
   * @returns undefined where it names no half of a reallocation
   */
  async reverse(submission: ProjectSubmission): Promise<Recorded | undefined> {
    const [command] = submission.commands;
    if (command?.type !== 'ReverseEntry') return undefined;
    const state = await this.stateOf(submission.projectId);
    const entry = state.entries.get(command.data.eventId);
    if (entry?.type !== 'FundsReallocatedOut' && entry?.type !== 'FundsReallocatedIn') return undefined;
    const data = entry.data as ProjectEventData<'FundsReallocatedOut'>;
    const years = [...yearsOf(data, entry.effectiveDate), yearOf(submission.effectiveDate)];
    const halves = reversalsOf(submission, command.data, entry.type, data, {
      named: years.some((year) => state.closedYears.has(year)),
      other: await this.stateOf(data.counterpartId).then(({ closedYears }) =>
        years.some((year) => closedYears.has(year)),
      ),
    });
    await this.projects.rehearse(halves.named);
    const other = await this.halfOf(halves.other);
    if (other && !other.reversed) await this.projects.rehearse(halves.other);
    const [taker, giver] =
      entry.type === 'FundsReallocatedOut' ? [halves.other, halves.named] : [halves.named, halves.other];
    await this.reverseHalf(taker, halves.named, data.reallocationId);
    await this.reverseHalf(giver, halves.named, data.reallocationId);
    const request = { ...submission, data, commandId: data.reallocationId };
    await this.releaseDraw(request, 'reallocationReversed');
    return this.projects.record(halves.named);
  }

  /** The half that is not named may be missing, or reversed by an earlier try. */
  private async reverseHalf(half: ProjectSubmission, named: ProjectSubmission, id: string): Promise<void> {
    if (half !== named) {
      const entry = await this.halfOf(half);
      if (!entry) {
        // Only the half that takes can be missing: it will not come any more, before the other is taken back.
        const missing = { ...half, commandId: inCommand(id) };
        if (!(await declineOr(this.projects, missing, 'FundsReallocatedIn'))) return;
      }
      if (entry?.reversed) return;
    }
    await this.projects.record(half);
  }

  /** The entry that a reversal names, as it stands in its project. */
  private async halfOf({ projectId, commands }: ProjectSubmission): Promise<PastEntry | undefined> {
    const { eventId } = commands[0]!.data as { eventId: string };
    return (await this.stateOf(projectId)).entries.get(eventId);
  }

  private async recordOut(request: ReallocationRequest, out: ProjectSubmission): Promise<Recorded> {
    try {
      return await this.projects.record(out);
    } catch (error) {
      if (!storedNothing(error)) throw error;
      const settled = await declineOr(this.projects, out, 'FundsReallocatedOut');
      if (settled) return settled;
      await this.releaseDraw(request, 'reallocationRefused');
      throw error;
    }
  }

  private async recordIn(
    request: ReallocationRequest,
    halves: { out: ProjectSubmission; in: ProjectSubmission },
  ): Promise<Recorded> {
    try {
      return await this.projects.record(halves.in);
    } catch (error) {
      if (!storedNothing(error)) throw error;
      const settled = await declineOr(this.projects, halves.in, 'FundsReallocatedIn');
      if (settled) return settled;
      await this.undo(request, halves.out, 'reallocationRefused');
      throw error;
    }
  }

  /** Takes the first half back, once the second cannot come any more. Done again, it changes nothing. */
  private async undo(request: ReallocationRequest, out: ProjectSubmission, cause: Released): Promise<void> {
    const { commandId } = request;
    const state = await this.stateOf(out.projectId);
    const entry = state.entries.get(outEventId(commandId));
    if (entry && !entry.reversed) {
      const { priorYear } = entry.data as ProjectEventData<'FundsReallocatedOut'>;
      await this.projects.record({
        ...out,
        commandId: idFor('reallocation-undo', commandId),
        commands: [
          {
            type: 'ReverseEntry',
            data: {
              eventId: entry.id,
              reason: '调入项目未能登记，调出撤回',
              ...(priorYear && { priorYear }),
            },
          },
        ],
        causationId: commandId,
      });
    }
    await this.releaseDraw(request, cause);
  }

  private async moveDraw({
    fromProjectId,
    toProjectId,
    data,
    ...request
  }: ReallocationRequest): Promise<void> {
    if (data.planDocumentNumber === undefined) return;
    const { amountFen } = data;
    const move = { reallocationId: request.commandId, fromProjectId, toProjectId, amountFen };
    await this.book.perform(
      fundPlanId(data.planDocumentNumber),
      { type: 'ReallocateDraw', data: move },
      circumstancesOf(request),
      () => idFor('reallocate-draw', request.commandId),
    );
  }

  private async releaseDraw(
    {
      data,
      ...request
    }: Pick<ReallocationRequest, 'data' | 'commandId' | 'actor' | 'effectiveDate' | 'evidence'>,
    cause: Released,
  ): Promise<void> {
    if (data.planDocumentNumber === undefined) return;
    await this.book.perform(
      fundPlanId(data.planDocumentNumber),
      { type: 'ReleaseReallocation', data: { reallocationId: request.commandId, cause } },
      circumstancesOf(request),
      () => idFor('release-reallocation', request.commandId),
    );
  }

  private async stateOf(projectId: string): Promise<ProjectState> {
    return (await readProjectHistory(this.store, projectId, '')).state;
  }
}

function circumstancesOf({
  actor,
  effectiveDate,
  evidence,
  commandId,
}: Omit<ReallocationRequest, 'data' | 'fromProjectId' | 'toProjectId'>) {
  return { actor, effectiveDate, evidence: [...evidence], correlationId: commandId, causationId: commandId };
}

function storedNothing(error: unknown): boolean {
  return error instanceof Refusal || error instanceof RevisionConflict;
}

function undone(reallocationId: string): never {
  return refuse('reallocation.undone', '该次调剂未能登记，已撤回或已冲销；如仍需办理，请换一个请求编号', {
    reallocationId,
  });
}

function later(a: Position | undefined, b: Position | undefined): Position | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comparePositions(a, b) > 0 ? a : b;
}
