import type { EventStore, Position } from '#libs/event-store/port.js';
import { decodePlanEvent } from '../domain/codec.js';
import { planDecider } from '../domain/decider.js';
import type { PlanEventType } from '../domain/events.js';
import { planStream } from '../domain/plan-id.js';
import type { RecordedPlanEvent } from '../domain/recorded-event.js';
import type { PlanState } from '../domain/state.js';

/** A plan as its stream tells it. */
export interface PlanHistory {
  state: PlanState;
  /** -1 for a stream without events. */
  revision: number;
  /** What a command that was recorded before left in the stream. */
  earlier:
    | {
        digest: string;
        revision: number;
        position: Position;
        events: { id: string; type: PlanEventType }[];
      }
    | undefined;
}

export async function readPlanHistory(
  store: EventStore,
  planId: string,
  commandId?: string,
): Promise<PlanHistory> {
  const events: RecordedPlanEvent[] = [];
  let earlier: PlanHistory['earlier'];
  for await (const stored of store.readStream(planStream(planId))) {
    const event = decodePlanEvent(stored);
    events.push(event);
    if (event.envelope.commandId !== commandId) continue;
    earlier = {
      digest: event.envelope.commandDigest,
      revision: event.revision,
      position: stored.position,
      events: [...(earlier?.events ?? []), { id: event.id, type: event.type }],
    };
  }
  const state = planDecider.evolveAll(planDecider.initialState(), events);
  return { state, revision: events.at(-1)?.revision ?? -1, earlier };
}
