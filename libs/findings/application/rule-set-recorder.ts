import { CommandReused, OutcomeUnknown } from '#libs/event-store/errors.js';
import type { EventStore, Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay, earliestDay, isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { assertInRegion, ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import { adopt, type AdoptRuleSet } from '../domain/adopt.js';
import {
  decodeRuleSetAdopted,
  encodeRuleSetAdopted,
  ruleSetStream,
  type RuleSetAdopted,
} from '../domain/rule-set-events.js';
import type { RuleSet } from '../domain/rule-sets.js';

/** An adoption to be recorded. The same `commandId` with the same content is answered again and stored once. */
export interface AdoptionSubmission {
  asked: AdoptRuleSet;
  effectiveDate: string;
  actor: Actor;
  commandId: string;
  evidence: readonly Evidence[];
}

export interface AdoptionRecorded {
  outcome: 'recorded' | 'repeated';
  eventId: string;
  position: Position;
  adopted: RuleSetAdopted;
}

const TRIES = 4;

/** Load → decide → append for rule sets: the commission of a region says by which rules it is judged, and from when. */
export class RuleSetRecorder {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @throws Refusal `ruleSet.…`, `actor.…`, `date.…`, `command.reused`; StoreUnavailable, OutcomeUnknown */
  async adopt(submission: AdoptionSubmission): Promise<AdoptionRecorded> {
    const { asked, actor, commandId, effectiveDate, evidence } = submission;
    assertMayAdopt(actor, asked.region);
    const digest = digestOf({ asked, actor, effectiveDate, evidence });
    const eventId = idFor(commandId, '0');
    for (let attempt = 1; ; attempt += 1) {
      const { versions, revision, earlier } = await this.load(asked.ruleSetId, commandId, digest);
      if (earlier) return earlier;
      this.assertDate(effectiveDate);
      const adopted = adopt(asked, versions);
      const event = encodeRuleSetAdopted(adopted, eventId, {
        commandId,
        commandDigest: digest,
        actor,
        effectiveDate,
        recordedAt: this.now().toISOString(),
        evidence: [...evidence],
        correlationId: commandId,
        causationId: commandId,
      });
      const stream = ruleSetStream(asked.ruleSetId);
      const expected = revision < 0 ? ('none' as const) : revision;
      const command = { id: commandId, digest };
      try {
        const [result] = await this.store.append([{ stream, expected, events: [event], command }]);
        if (result!.outcome !== 'refused') {
          const outcome = result!.outcome === 'appended' ? 'recorded' : 'repeated';
          return { outcome, eventId, position: result!.position, adopted };
        }
        if (result!.error instanceof CommandReused) throw reused(commandId);
        if (attempt >= TRIES) throw result!.error;
      } catch (error) {
        // Repeating is safe: the next try finds this command's event in the stream.
        if (!(error instanceof OutcomeUnknown) || attempt >= TRIES) throw error;
      }
    }
  }

  private async load(ruleSetId: string, commandId: string, digest: string) {
    const versions = new Map<number, RuleSet>();
    let revision = -1;
    let earlier: AdoptionRecorded | undefined;
    for await (const stored of this.store.readStream(ruleSetStream(ruleSetId))) {
      const { data, envelope } = decodeRuleSetAdopted(stored);
      const { ruleSetId: id, region: _region, from: _from, ...content } = data;
      versions.set(data.version, { id, ...content });
      revision = stored.revision;
      if (envelope.commandId !== commandId) continue;
      if (envelope.commandDigest !== digest) throw reused(commandId);
      earlier = { outcome: 'repeated', eventId: stored.id, position: stored.position, adopted: data };
    }
    return { versions: [...versions.values()].sort((a, b) => a.version - b.version), revision, earlier };
  }

  private assertDate(effectiveDate: string): void {
    if (!isPartialDate(effectiveDate)) {
      throw new Refusal('date.unreadable', `“${effectiveDate}”不是可识别的业务日期`, { effectiveDate });
    }
    if (earliestDay(effectiveDate) > chinaDay(this.now())) {
      throw new Refusal('date.future', `业务日期 ${effectiveDate} 晚于今天`, { effectiveDate });
    }
  }
}

/** @throws Refusal `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
function assertMayAdopt(actor: Actor, region: string): void {
  const { role } = actor;
  if (!Object.hasOwn(ROLES, role)) {
    throw new Refusal('actor.unknownRole', `未知的角色“${role}”`, { role, expected: Object.keys(ROLES) });
  }
  if (role !== ('DevelopmentReform' satisfies Role)) {
    throw new Refusal('actor.notPermitted', `${ROLES[role as Role]}无权采用规则集`, { role });
  }
  assertInRegion(actor, [region]);
}

function reused(commandId: string): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}
