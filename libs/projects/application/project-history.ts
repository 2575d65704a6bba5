import type { EventStore, Position, StoredEvent } from '#libs/event-store/port.js';
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

/** Of a project without events. */
export const emptyHistory = (): ProjectHistory => ({
  state: projectDecider.initialState(),
  revision: -1,
  earlier: undefined,
});

export async function readProjectHistory(
  store: EventStore,
  projectId: string,
  commandId: string,
): Promise<ProjectHistory> {
  const history = emptyHistory();
  for await (const stored of store.readStream(projectStream(projectId))) addTo(history, stored, commandId);
  return history;
}

/** The same of many projects, in their order. */
export async function* readProjectHistories(
  store: EventStore,
  asked: readonly { projectId: string; commandId?: string }[],
): AsyncGenerator<ProjectHistory, void, undefined> {
  let next = 0;
  for await (const events of store.readStreams(asked.map(({ projectId }) => projectStream(projectId)))) {
    const { commandId } = asked[next++]!;
    const history = emptyHistory();
    for (const stored of events) addTo(history, stored, commandId);
    yield history;
  }
}

function addTo(history: ProjectHistory, stored: StoredEvent, commandId: string | undefined): void {
  const event = decodeProjectEvent(stored);
  history.state = projectDecider.evolve(history.state, event);
  history.revision = event.revision;
  if (event.envelope.commandId !== commandId) return;
  history.earlier = {
    digest: event.envelope.commandDigest,
    revision: event.revision,
    position: stored.position,
    events: [...(history.earlier?.events ?? []), { id: event.id, type: event.type }],
  };
}
