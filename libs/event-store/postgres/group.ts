import { admit, type Known } from '../admission.js';
import type { EncodedRequest } from '../encoded-request.js';
import type { AppendResult } from '../port.js';
import { SEPARATOR } from './sql.js';

export interface KnownRow {
  readonly kind: 'command' | 'event' | 'stream';
  readonly key: string;
  readonly digest: string | null;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
}

/** Arguments of `event_store.known` for these requests. */
export function namesIn(requests: readonly EncodedRequest[]): string[] {
  const commands = requests.map(({ request }) => request.command.id);
  const events = requests.flatMap(({ request }) => request.events.map((event) => event.id));
  const streams = new Set(requests.map(({ request }) => request.stream));
  return [commands, events, [...streams]].map((list) => list.join(SEPARATOR));
}

export function knownFrom(rows: readonly KnownRow[], head: number): Known {
  const known: Known = { commands: new Map(), events: new Map(), revisions: new Map(), head };
  for (const { kind, key, digest, stream, ...numbers } of rows) {
    const place = { stream, revision: Number(numbers.revision), order: Number(numbers.position) };
    if (kind === 'command') known.commands.set(key, { ...place, digest: digest ?? '' });
    else if (kind === 'event') known.events.set(key, place);
    else known.revisions.set(key, place.revision);
  }
  return known;
}

/** What a group of requests adds to the store: the arguments of the storing functions, and an answer to each. */
export interface Decided {
  readonly results: AppendResult[];
  readonly events: readonly string[];
  readonly commands: readonly string[];
  /** Positions of the last event before and after. */
  readonly first: number;
  readonly head: number;
  readonly changes: boolean;
}

/** Decides requests one after another on what is known. */
export function decideGroup(requests: readonly EncodedRequest[], storeId: string, known: Known): Decided {
  const first = known.head;
  const events: string[][] = [[], [], [], [], [], []];
  const commands: string[][] = [[], [], []];
  const results = requests.map((encoded) => {
    const { request } = encoded;
    const result = admit(request, storeId, known);
    if (result.outcome !== 'appended') return result;
    addEvents(encoded, result.revision, events);
    const { id, digest } = request.command;
    addRow(commands, [id, digest, String(known.head)]);
    return result;
  });
  const joined = (lists: string[][]) => lists.map((list) => list.join(SEPARATOR));
  return {
    results,
    events: joined(events),
    commands: joined(commands),
    first,
    head: known.head,
    changes: known.head > first,
  };
}

function addEvents({ request, data, metadata }: EncodedRequest, last: number, lists: string[][]): void {
  const { stream, events } = request;
  events.forEach((event, n) => {
    const revision = String(last - events.length + 1 + n);
    addRow(lists, [stream, revision, event.id, event.type, data[n]!, metadata[n]!]);
  });
}

function addRow(lists: string[][], row: readonly string[]): void {
  row.forEach((value, n) => lists[n]!.push(value));
}
