import { CommandReused, RevisionConflict } from './errors.js';
import { makePosition, type AppendRequest, type AppendResult, type ExpectedRevision } from './port.js';

/** Where an event stands: `order` counts the events of the whole store from 1, without gaps. */
export interface Place {
  readonly stream: string;
  readonly revision: number;
  readonly order: number;
}

/** What the store knows of the commands, events and streams that some requests name. */
export interface Known {
  readonly commands: Map<string, Place & { readonly digest: string }>;
  readonly events: Map<string, Place>;
  readonly revisions: Map<string, number>;
  /** Order of the last event of the store. */
  head: number;
}

/**
 * Decides one request against what is known, and adds what it admits: requests decided one after another see
 * each other, as if each had been stored before the next. The first that applies is the answer: the command was
 * done before, the events are stored already, the stream is elsewhere.
 */
export function admit(request: AppendRequest, storeId: string, known: Known): AppendResult {
  const before = doneBefore(request, known);
  if (before === 'otherwise') return { outcome: 'refused', error: new CommandReused(request.command.id) };
  if (before) return answer('repeated', storeId, before);

  const { stream, expected, command, events } = request;
  const actual = known.revisions.get(stream);
  if (!meets(expected, actual)) {
    return { outcome: 'refused', error: new RevisionConflict(stream, expected, actual) };
  }
  const last = add(request, known, actual ?? -1);
  known.commands.set(command.id, { ...last, digest: command.digest });
  known.revisions.set(stream, last.revision);
  known.head += events.length;
  return answer('appended', storeId, last);
}

function doneBefore(
  { stream, command, events }: AppendRequest,
  known: Known,
): Place | 'otherwise' | undefined {
  const done = known.commands.get(command.id);
  if (done) return done.digest === command.digest && done.stream === stream ? done : 'otherwise';
  const stored = events.map((event) => known.events.get(event.id));
  const first = stored[0];
  if (stored.every((place) => place === undefined)) return undefined;
  const same = stored.every(
    (place, n) => place?.stream === stream && place.order === (first?.order ?? 0) + n,
  );
  return (same && stored.at(-1)) || 'otherwise';
}

function add({ stream, events }: AppendRequest, known: Known, revision: number): Place {
  let last: Place = { stream, revision, order: known.head };
  for (const event of events) {
    last = { stream, revision: last.revision + 1, order: last.order + 1 };
    known.events.set(event.id, last);
  }
  return last;
}

function meets(expected: ExpectedRevision, actual: number | undefined): boolean {
  if (expected === 'any') return true;
  if (expected === 'none') return actual === undefined;
  if (expected === 'exists') return actual !== undefined;
  return actual === expected;
}

function answer(outcome: 'appended' | 'repeated', storeId: string, place: Place): AppendResult {
  return { outcome, revision: place.revision, position: positionAt(storeId, place.order) };
}

/** Positions of counted stores: 16 hex digits, so that they compare as text. */
export function positionAt(storeId: string, order: number) {
  return makePosition(storeId, order.toString(16).padStart(16, '0'));
}
