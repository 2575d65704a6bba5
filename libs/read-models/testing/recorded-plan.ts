import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { encodePlanEvent } from '#libs/plans/domain/codec.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { planDecider } from '#libs/plans/domain/decider.js';
import { planIdOf, planStream } from '#libs/plans/domain/plan-id.js';
import { ACTOR } from './recorded.js';

const STORE = idFor('specification store');
const TODAY = '2026-11-24';

export const planEventId = (planId: string, n: number): string => idFor('plan event', planId, String(n));

/** The commands of one plan as a store gives back their events; positions follow those of `recorded`. */
export function recordedPlan(commands: readonly PlanCommand[], effectiveDate = '2023-12-11'): StoredEvent[] {
  const [first] = commands;
  if (first?.type !== 'AdoptPlan') throw new Error('a plan begins with its adoption');
  const planId = planIdOf({ ...first.data, area: first.data.area?.code });
  const events: StoredEvent[] = [];
  let state = planDecider.initialState();
  for (const command of commands) {
    for (const event of planDecider.decide(command, state, { effectiveDate, today: TODAY })) {
      const revision = events.length;
      const id = planEventId(planId, revision);
      const commandId = idFor('plan command', planId, String(revision));
      const encoded = encodePlanEvent(event, id, {
        commandId,
        commandDigest: '0'.repeat(64),
        actor: ACTOR,
        effectiveDate: event.effectiveDate,
        recordedAt: new Date(Date.UTC(2026, 5, 1, 12, revision)).toISOString(),
        evidence: [],
        correlationId: commandId,
        causationId: commandId,
      });
      const number = `${planId}${revision}`.replace(/\D/gu, '').padStart(20, '0');
      events.push({
        ...encoded,
        stream: planStream(planId),
        revision,
        position: makePosition(STORE, `f${number}`),
      });
      state = planDecider.evolve(state, { ...event, id });
    }
  }
  return events;
}
