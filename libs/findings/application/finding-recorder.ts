import { CommandReused, OutcomeUnknown } from '#libs/event-store/errors.js';
import type { EventStore, Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay, earliestDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { assertInRegion } from '#libs/projects/application/permissions.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import {
  assertMayFollow,
  evolveHandling,
  initialHandling,
  type Handling,
  type HandlingStep,
} from '../domain/handling.js';
import {
  decodeHandlingStep,
  encodeHandlingStep,
  findingStream,
  type FindingKey,
} from '../domain/handling-events.js';
import { assertMayHandle } from './permissions.js';

/** One step to be recorded. The same `commandId` with the same content is answered again and stored once. */
export interface HandlingSubmission {
  finding: FindingKey;
  step: HandlingStep;
  effectiveDate: string;
  actor: Actor;
  commandId: string;
  evidence: readonly Evidence[];
}

export interface HandlingRecorded {
  outcome: 'recorded' | 'repeated';
  eventId: string;
  position: Position;
}

/** What the rules say of the finding now. */
export interface FindingNow {
  failing: boolean;
  /** Digest of what it fails by; null where it does not fail. */
  basis: string | null;
  regions: readonly RegionCode[];
}

const TRIES = 4;

/** Load → fold → decide → append for what people do about a finding. */
export class FindingRecorder {
  constructor(
    private readonly store: EventStore,
    private readonly look: (finding: FindingKey) => Promise<FindingNow | undefined>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws Refusal `finding.…`, `actor.…`, `date.future`, `command.reused`; StoreUnavailable, OutcomeUnknown */
  async record(submission: HandlingSubmission): Promise<HandlingRecorded> {
    for (let attempt = 1; ; attempt += 1) {
      const { handling, revision, earlier } = await this.load(submission);
      if (earlier) return earlier;
      await this.decide(submission, handling);
      try {
        const [result] = await this.store.append([this.requestFor(submission, revision)]);
        if (result!.outcome !== 'refused') {
          const outcome = result!.outcome === 'appended' ? 'recorded' : 'repeated';
          return { outcome, eventId: eventIdOf(submission), position: result!.position };
        }
        if (result!.error instanceof CommandReused) throw reused(submission);
        if (attempt >= TRIES) throw result!.error;
      } catch (error) {
        // Repeating is safe: the next try finds this command's event in the stream.
        if (!(error instanceof OutcomeUnknown) || attempt >= TRIES) throw error;
      }
    }
  }

  private async decide({ finding, step, effectiveDate, actor }: HandlingSubmission, handling: Handling) {
    assertMayHandle(actor, step.kind);
    if (earliestDay(effectiveDate) > chinaDay(this.now())) {
      throw new Refusal('date.future', `业务日期 ${effectiveDate} 晚于今天`, { effectiveDate });
    }
    const found = await this.look(finding);
    if (!found) throw new Refusal('finding.unknown', '没有这项疑点', { ...finding });
    assertInRegion(actor, found.regions);
    assertAboutTheFacts(step, found);
    assertMayFollow(step, handling, actor);
  }

  private async load(
    submission: HandlingSubmission,
  ): Promise<{ handling: Handling; revision: number; earlier?: HandlingRecorded }> {
    let handling = initialHandling();
    let revision = -1;
    for await (const stored of this.store.readStream(findingStream(submission.finding))) {
      const { id, envelope, ...step } = decodeHandlingStep(stored);
      handling = evolveHandling(handling, step, envelope.actor);
      revision = stored.revision;
      if (envelope.commandId !== submission.commandId) continue;
      if (envelope.commandDigest !== digestFor(submission)) throw reused(submission);
      const earlier = { outcome: 'repeated' as const, eventId: id, position: stored.position };
      return { handling, revision, earlier };
    }
    return { handling, revision };
  }

  private requestFor(submission: HandlingSubmission, revision: number) {
    const { finding, step, effectiveDate, actor, commandId, evidence } = submission;
    const digest = digestFor(submission);
    const event = encodeHandlingStep(step, eventIdOf(submission), {
      commandId,
      commandDigest: digest,
      actor,
      effectiveDate,
      recordedAt: this.now().toISOString(),
      evidence: [...evidence],
      correlationId: commandId,
      causationId: commandId,
    });
    const expected = revision < 0 ? ('none' as const) : revision;
    return { stream: findingStream(finding), expected, events: [event], command: { id: commandId, digest } };
  }
}

/** A finding that passes by now can still be closed: that is what rectifying was for. */
function assertAboutTheFacts({ kind, basis }: HandlingStep, { failing, basis: now }: FindingNow): void {
  if (kind === 'closed' && now === null) return;
  if (!failing || now === null) {
    throw new Refusal('finding.notFailing', '该规则目前没有疑点，无需处理', {});
  }
  if (basis !== now) {
    throw new Refusal('finding.factsChanged', '疑点所依据的事实已有变化，请重新查看后再处理', {
      basis,
      current: now,
    });
  }
}

const eventIdOf = ({ commandId }: HandlingSubmission): string => idFor(commandId, '0');

function digestFor({ finding, step, effectiveDate, actor, evidence }: HandlingSubmission): string {
  return digestOf({ finding, step, effectiveDate, actor, evidence });
}

function reused({ commandId }: HandlingSubmission): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}
