import {
  CommandReused,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '#libs/event-store/errors.js';
import type { AppendRequest, EventStore } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { assertInRegion } from '#libs/projects/application/permissions.js';
import { encodePlanEvent } from '../domain/codec.js';
import { planDecider, type DecidedPlanEvent } from '../domain/decider.js';
import { planIdOf, planStream, readPlanId } from '../domain/plan-id.js';
import { refuse } from '../domain/refusal-codes.js';
import type { PlanState } from '../domain/state.js';
import { assertMayKeep } from './permissions.js';
import { readPlanHistory, type PlanHistory } from './plan-history.js';
import type { PlanRecorded, PlanSubmission } from './plan-submission.js';

/** How often a submission is decided again after another writer was first, before the conflict is told. */
const CONFLICT_TRIES = 8;
/** How often a write of unknown outcome is repeated under its own command id. */
const UNKNOWN_TRIES = 2;

type Decided = DecidedPlanEvent & { id: string };

/** Load → fold → decide → append for plans: the only way their events come to be. */
export class PlanRecorder {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  async record(submission: PlanSubmission): Promise<PlanRecorded> {
    let unknown = 0;
    let open: OutcomeUnknown | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const history = await readPlanHistory(this.store, submission.planId, submission.commandId);
        const settled = repeated(submission, history);
        if (settled) return settled;
        const events = this.decide(submission, history.state);
        if (events.length === 0) return answer(submission, 'unchanged', history.revision, undefined, []);
        const [result] = await this.store.append([this.requestFor(submission, events, history.revision)]);
        if (result!.outcome !== 'refused') {
          const outcome = result!.outcome === 'appended' ? 'recorded' : 'repeated';
          return answer(submission, outcome, result!.revision, result!.position, events);
        }
        if (result!.error instanceof CommandReused) throw reused(submission.commandId);
        if (!(result!.error instanceof RevisionConflict) || attempt >= CONFLICT_TRIES) throw result!.error;
      } catch (error) {
        // What was written before may be stored, though the store cannot be reached to tell.
        if (open && error instanceof StoreUnavailable) throw open;
        // Repeating is safe: the next try finds this command's events in the stream, or the store knows its id.
        if (!(error instanceof OutcomeUnknown) || ++unknown > UNKNOWN_TRIES) throw error;
        open = error;
      }
    }
  }

  /** Decides on what is stored now and stores nothing: the events that recording would lead to. @throws Refusal */
  async rehearse(submission: PlanSubmission): Promise<{ events: readonly Decided[]; state: PlanState }> {
    const { state } = await readPlanHistory(this.store, submission.planId, submission.commandId);
    const events = this.decide(submission, state);
    return { events, state: planDecider.evolveAll(state, events) };
  }

  /** What the plan's stream tells now. */
  async read(planId: string): Promise<PlanState> {
    return (await readPlanHistory(this.store, planId)).state;
  }

  private decide(submission: PlanSubmission, before: PlanState): Decided[] {
    const { planId, commands, actor, effectiveDate, commandId } = submission;
    const key = readPlanId(planId);
    if (!key) refuse('plan.badId', `“${planId}”不是可识别的方案编号`, { planId });
    for (const { type, data } of commands) {
      assertMayKeep(actor, type);
      // A county's unit may report for its county; whatever else is done concerns the whole plan.
      assertInRegion(actor, [type === 'ReportTask' ? data.region : key.region]);
      if (type === 'AdoptPlan' && planIdOf({ ...data, area: data.area?.code }) !== planId) {
        refuse('plan.badId', `方案编号“${planId}”与其地区和时期不符`, { planId });
      }
    }
    const context = { effectiveDate, today: chinaDay(this.now()) };
    const events: Decided[] = [];
    let state = before;
    for (const command of commands) {
      const decided = planDecider
        .decide(command, state, context)
        .map((event, n) => ({ ...event, id: idFor(commandId, String(events.length + n)) }));
      if (decided.length === 0) continue;
      state = planDecider.evolveAll(state, decided);
      events.push(...decided);
    }
    return events;
  }

  private requestFor(
    submission: PlanSubmission,
    events: readonly Decided[],
    revision: number,
  ): AppendRequest {
    const { planId, commandId, actor, evidence } = submission;
    const digest = digestFor(submission);
    const recordedAt = this.now().toISOString();
    return {
      stream: planStream(planId),
      expected: revision < 0 ? 'none' : revision,
      events: events.map((event) =>
        encodePlanEvent(event, event.id, {
          commandId,
          commandDigest: digest,
          actor,
          effectiveDate: event.effectiveDate,
          recordedAt,
          evidence: [...evidence],
          correlationId: submission.correlationId ?? commandId,
          causationId: submission.causationId ?? commandId,
        }),
      ),
      command: { id: commandId, digest },
    };
  }
}

function repeated(
  submission: PlanSubmission,
  { earlier, revision: _ }: PlanHistory,
): PlanRecorded | undefined {
  if (!earlier) return undefined;
  if (earlier.digest !== digestFor(submission)) throw reused(submission.commandId);
  return answer(submission, 'repeated', earlier.revision, earlier.position, earlier.events);
}

function answer(
  { planId }: PlanSubmission,
  outcome: PlanRecorded['outcome'],
  revision: number,
  position: PlanRecorded['position'],
  events: readonly PlanRecorded['events'][number][],
): PlanRecorded {
  return { outcome, planId, revision, position, events: events.map(({ id, type }) => ({ id, type })) };
}

function digestFor({ planId, commands, effectiveDate, actor, evidence }: PlanSubmission): string {
  return digestOf({ planId, commands, effectiveDate, actor, evidence });
}

function reused(commandId: string): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}
