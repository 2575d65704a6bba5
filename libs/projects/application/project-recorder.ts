import {
  CommandReused,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '#libs/event-store/errors.js';
import type { AppendRequest, AppendResult, EventStore } from '#libs/event-store/port.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { Turns } from '#libs/kernel/turns.js';
import type { ProjectState } from '../domain/state.js';
import {
  appendRequestFor,
  decideSubmission,
  submissionDigest,
  type DecidedEvent,
} from './decide-submission.js';
import { assertInRegion, assertMayRecord } from './permissions.js';
import {
  emptyHistory,
  readProjectHistories,
  readProjectHistory,
  type ProjectHistory,
} from './project-history.js';
import type { BatchOutcome, ProjectSubmission, Recorded } from './submission.js';

/** How often a submission is decided again after another writer was first, before the conflict is told. */
const CONFLICT_TRIES = 8;
/** How often a write of unknown outcome is repeated under its own command id before the sender is asked to. */
const UNKNOWN_TRIES = 2;
/** Turns of deciding a batch: what is being written meanwhile waits for one at each of its round trips. */
const DECIDING_MS = 5;

/** A submission that is ready to be stored. */
interface Decided {
  request: AppendRequest;
  events: DecidedEvent[];
}

/** Where in its batch it stands. */
type BatchMember = Decided & { index: number };

/** What a submission would lead to, with nothing stored. */
export interface Rehearsal {
  /** The answer where there is nothing to store: recorded before, or no change. */
  settled: Recorded | undefined;
  /** What would be stored otherwise; the ids are those that it would have. */
  events: readonly DecidedEvent[];
  /** Last revision of what is stored now; -1 where there is nothing. */
  revision: number;
  /** The project as it would stand then. */
  state: ProjectState;
}

/** Load → fold → decide → append, for one submission or for many. The only way project events come to be. */
export class ProjectRecorder {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  async record(submission: ProjectSubmission): Promise<Recorded> {
    let unknown = 0;
    let open: OutcomeUnknown | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const history = await readProjectHistory(this.store, submission.projectId, submission.commandId);
        const decided = this.decide(submission, history);
        if ('outcome' in decided) return decided;
        const [result] = await this.store.append([decided.request]);
        if (result!.outcome !== 'refused') return recordedAs(result!, submission, decided.events);
        if (!mayDecideAgain(result!.error, submission, attempt)) throw told(result!.error);
      } catch (error) {
        // What was written before may be stored, though the store cannot be reached to tell.
        if (open && error instanceof StoreUnavailable) throw open;
        // Repeating is safe: the next try finds this command's events in the stream, or the store knows its id.
        if (!(error instanceof OutcomeUnknown) || ++unknown > UNKNOWN_TRIES) throw error;
        open = error;
      }
    }
  }

  /** Decides on what is stored now and stores nothing. @throws Refusal, RevisionConflict, StoreUnavailable */
  async rehearse(submission: ProjectSubmission): Promise<Rehearsal> {
    const history = await readProjectHistory(this.store, submission.projectId, submission.commandId);
    const decided = this.decide(submission, history);
    const settled = 'outcome' in decided ? decided : undefined;
    const events = 'outcome' in decided ? [] : decided.events;
    return { settled, events, revision: history.revision, state: history.state };
  }

  /**
   * One outcome a submission, in order; a refused one leaves the others untouched. Submissions for one project
   * are recorded one after the other. @throws StoreUnavailable, OutcomeUnknown (the whole batch may be repeated)
   */
  async recordBatch(submissions: readonly ProjectSubmission[]): Promise<BatchOutcome[]> {
    const write = await this.decideBatch(submissions);
    return write();
  }

  /**
   * Decides a batch and hands back what writes it, so that a batch of other projects can be decided while this one is
   * being written. Both throw as `recordBatch` does.
   */
  async decideBatch(submissions: readonly ProjectSubmission[]): Promise<() => Promise<BatchOutcome[]>> {
    const outcomes = new Array<BatchOutcome | undefined>(submissions.length);
    const decided: BatchMember[] = [];
    const first = firstOfEachProject(submissions);
    const known = first.map((index) => submissions[index]!).filter((submission) => !entersNow(submission));
    const histories = readProjectHistories(this.store, known);
    const turns = new Turns(DECIDING_MS);
    for (const index of first) {
      await turns.handOver();
      const submission = submissions[index]!;
      const history = entersNow(submission) ? emptyHistory() : (await histories.next()).value!;
      const result = await orRefused(async () => this.decide(submission, history));
      if ('outcome' in result) outcomes[index] = result;
      else decided.push({ ...result, index });
    }
    return () => this.writeBatch(submissions, decided, outcomes);
  }

  private async writeBatch(
    submissions: readonly ProjectSubmission[],
    decided: readonly BatchMember[],
    outcomes: (BatchOutcome | undefined)[],
  ): Promise<BatchOutcome[]> {
    const results = decided.length > 0 ? await this.store.append(decided.map((d) => d.request)) : [];
    decided.forEach(({ index, events }, n) => {
      const result = results[n]!;
      if (result.outcome !== 'refused') outcomes[index] = recordedAs(result, submissions[index]!, events);
    });
    // What is left lost a race or follows another submission for its project: one by one, on what is stored now.
    for (const [index, submission] of submissions.entries()) {
      outcomes[index] ??= await orRefused(() => this.record(submission));
    }
    return outcomes as BatchOutcome[];
  }

  private decide(submission: ProjectSubmission, history: ProjectHistory): Decided | Recorded {
    const { earlier, revision } = history;
    if (earlier) {
      if (earlier.digest !== submissionDigest(submission)) throw reused(submission.commandId);
      const { position, events } = earlier;
      return {
        outcome: 'repeated',
        projectId: submission.projectId,
        revision: earlier.revision,
        position,
        events,
      };
    }
    const { expectedRevision } = submission;
    if (expectedRevision !== undefined && expectedRevision !== revision) {
      throw new RevisionConflict(`project ${submission.projectId}`, expectedRevision, revision);
    }
    for (const { type } of submission.commands) assertMayRecord(submission.actor, type);
    const now = this.now();
    assertInRegion(submission.actor, regionsOf(history.state));
    const { events, state } = decideSubmission(submission, history.state, now);
    assertInRegion(submission.actor, regionsOf(state));
    if (events.length === 0) {
      return {
        outcome: 'unchanged',
        projectId: submission.projectId,
        revision,
        position: undefined,
        events: [],
      };
    }
    return { request: appendRequestFor(submission, events, revision, now), events };
  }
}

function regionsOf(state: ProjectState): readonly RegionCode[] {
  return state.details?.regions ?? [];
}

/** It has no stream to read; should there be one, the store refuses and `record` reads it. */
const entersNow = ({ commands }: ProjectSubmission): boolean => commands[0]?.type === 'EnterPool';

function firstOfEachProject(submissions: readonly ProjectSubmission[]): number[] {
  const first = new Map<string, number>();
  submissions.forEach(({ projectId }, index) => first.has(projectId) || first.set(projectId, index));
  return [...first.values()];
}

function recordedAs(
  result: Exclude<AppendResult, { outcome: 'refused' }>,
  { projectId }: ProjectSubmission,
  events: readonly DecidedEvent[],
): Recorded {
  return {
    outcome: result.outcome === 'appended' ? 'recorded' : 'repeated',
    projectId,
    revision: result.revision,
    position: result.position,
    events: events.map(({ id, type }) => ({ id, type })),
  };
}

function mayDecideAgain(error: Error, submission: ProjectSubmission, attempt: number): boolean {
  return (
    error instanceof RevisionConflict && submission.expectedRevision === undefined && attempt < CONFLICT_TRIES
  );
}

function told(error: RevisionConflict | CommandReused): Error {
  return error instanceof CommandReused ? reused(error.commandId) : error;
}

function reused(commandId: string): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}

async function orRefused<T>(work: () => Promise<T>): Promise<T | BatchOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: 'refused', code: error.code, message: error.message, details: error.details };
  }
}
