import type { JsonObject } from '#libs/kernel/json.js';
import { InvalidAppend } from './errors.js';
import type { AppendRequest, NewEvent } from './port.js';

/** What every adapter accepts. The bytes of a request stay below EventStoreDB's default of 1 MiB an append. */
export const APPEND_LIMITS = {
  eventsPerRequest: 5_000,
  bytesPerRequest: 1_000_000,
  eventsPerCall: 50_000,
  bytesPerCall: 64_000_000,
  nameLength: 200,
} as const;

/** A request with the JSON text of its events, made once: it is measured, sent and stored. */
export interface EncodedRequest {
  readonly request: AppendRequest;
  readonly data: readonly string[];
  readonly metadata: readonly string[];
  /** Length in UTF-8 of all data and metadata. */
  readonly bytes: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const CONTROL = /\p{Cc}/u;
/** How `JSON.stringify` spells NUL and halves of surrogate pairs; a backslash of the text itself is doubled. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/u;

/**
 * Checks the call against the limits and spells its events as JSON.
 * @throws InvalidAppend
 */
export function encodeRequests(requests: readonly AppendRequest[]): EncodedRequest[] {
  const encoded = requests.map(encodeRequest);
  let events = 0;
  let bytes = 0;
  for (const one of encoded) {
    events += one.data.length;
    bytes += one.bytes;
  }
  atMost('events of one call', events, APPEND_LIMITS.eventsPerCall);
  atMost('bytes of one call', bytes, APPEND_LIMITS.bytesPerCall);
  return encoded;
}

function encodeRequest(request: AppendRequest): EncodedRequest {
  const { stream, events, expected, command } = request;
  checkName('stream', stream);
  checkName('command id', command.id);
  checkName('command digest', command.digest);
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(`expected revision ${expected} is not a revision`);
  }
  if (events.length === 0) throw new InvalidAppend(`request for ${stream} has no events`);
  atMost('events of one request', events.length, APPEND_LIMITS.eventsPerRequest);
  checkEvents(request);
  const data = events.map((event) => JSON.stringify(event.data));
  const metadata = metadataOf(events);
  if (data.some(isUnstorable) || metadata.some(isUnstorable)) {
    throw new InvalidAppend(`request for ${stream} has text that no database can hold`);
  }
  const bytes = byteLength(data) + byteLength(metadata);
  atMost('bytes of one request', bytes, APPEND_LIMITS.bytesPerRequest);
  return { request, data, metadata, bytes };
}

/** Events of one command share their metadata, which are then spelled once. */
function metadataOf(events: readonly NewEvent[]): string[] {
  const texts = new Map<JsonObject, string>();
  return events.map(({ metadata }) => {
    const text = texts.get(metadata) ?? JSON.stringify(metadata);
    texts.set(metadata, text);
    return text;
  });
}

function checkEvents({ events }: AppendRequest): void {
  for (const event of events) {
    checkName('event type', event.type);
    if (!UUID.test(event.id)) throw new InvalidAppend(`event id ${event.id} is not a lower-case UUID`);
  }
  if (events.length > 1 && new Set(events.map((event) => event.id)).size < events.length) {
    throw new InvalidAppend('an event id occurs twice in one request');
  }
}

function checkName(what: string, name: string): void {
  if (name === '' || CONTROL.test(name))
    throw new InvalidAppend(`${what} is empty or has control characters`);
  atMost(`characters of the ${what}`, name.length, APPEND_LIMITS.nameLength);
}

/** Such an event would be stored and then fail in every projection. */
function isUnstorable(json: string): boolean {
  return json.includes('\\u') && UNSTORABLE.test(json);
}

function byteLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function atMost(what: string, value: number, limit: number): void {
  if (value > limit) throw new InvalidAppend(`${what}: ${value}, the limit is ${limit}`);
}
