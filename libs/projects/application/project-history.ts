import type { EventStore, Position } from '#libs/event-store/port.js';
import { decodeProjectEvent } from '../domain/codec.js';
import { projectDecider } from '../domain/decider.js';
import { projectStream, type ProjectEventType } from '../domain/events.js';
import type { ProjectState } from '../domain/state.js';

/** What a command that was recorded before left in the stream. */
export interface EarlierTry {
  digest: string;
  revision: number;
  position: Position;
  events: { id: string; type: ProjectEventType }[];
}

/** A project as its stream tells it. */
export interface ProjectHistory {
  state: ProjectState;
  /** -1 for a stream without events. */
  revision: number;
  earlier: EarlierTry | undefined;
}

export async function readProjectHistory(
  store: EventStore,
  projectId: string,
  commandId: string,
): Promise<ProjectHistory> {
  const history: ProjectHistory = { state: projectDecider.initialState(), revision: -1, earlier: undefined };
  for await (const stored of store.readStream(projectStream(projectId))) {
    const event = decodeProjectEvent(stored);
    history.state = projectDecider.evolve(history.state, event);
    history.revision = event.revision;
    if (event.envelope.commandId !== commandId) continue;
    history.earlier = {
      digest: event.envelope.commandDigest,
      revision: event.revision,
      position: stored.position,
      events: [...(history.earlier?.events ?? []), { id: event.id, type: event.type }],
    };
  }
  return history;
}
