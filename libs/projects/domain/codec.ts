import { Compile } from 'typebox/compile';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from './codec-errors.js';
import type { Envelope } from './envelope.js';
import { ENVELOPE_SCHEMA } from './envelope-schema.js';
import {
  PROJECT_EVENT_SCHEMAS,
  PROJECT_STREAM_PREFIX,
  type ProjectEvent,
  type ProjectEventData,
  type ProjectEventType,
} from './events.js';
import type { RecordedProjectEvent } from './recorded-event.js';
import { UPCASTERS, currentVersion, upcast, type Upcasters } from './upcasters.js';

/** An event ready for the store. The store's own `NewEvent` has this shape; the domain does not import it. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: ProjectEventType;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** What is read of an event that comes out of the store; `StoredEvent` satisfies it. */
export interface EventToDecode {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): { instancePath: string; message: string }[];
}

const envelopeCheck: Check = Compile(ENVELOPE_SCHEMA);
/** Compiled when a type is first met: a start need not pay for types it never sees. */
const checks = new Map<string, Check>();

/** Thrown inside, where the stream is not known; `path` is a JSON pointer from the event's root. */
class Misfit extends Error {
  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** Whether the data fit the current schema of the type. For fixtures and tools; the codec checks by itself. */
export function fitsSchema(type: ProjectEventType, data: unknown): boolean {
  return checkOf(type).Check(data);
}

/**
 * The event as it is stored: `metadata` is the envelope with the schema version of the data.
 * @throws EventUnwritable
 */
export function encodeProjectEvent(
  event: ProjectEvent,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): EncodedEvent {
  const metadata = { ...envelope, schemaVersion: currentVersion(event.type) } as unknown as JsonObject;
  const data = event.data as unknown as JsonObject;
  try {
    assertFits(envelopeCheck, metadata, '/metadata');
    assertFits(checkOf(event.type), data, '/data');
  } catch (error) {
    if (error instanceof Misfit) throw new EventUnwritable(event.type, error.path, error.expected);
    throw error;
  }
  return { id, type: event.type, data, metadata };
}

/**
 * The event as the domain knows it today: checked, and carried to the current schema where it was stored under an
 * older one. Copies nothing: `data` and `envelope` are the stored objects.
 * @throws EventUnreadable
 */
export function decodeProjectEvent(
  stored: EventToDecode,
  upcasters: Upcasters = UPCASTERS,
): RecordedProjectEvent {
  try {
    const { metadata } = stored;
    assertFits(envelopeCheck, metadata, '/metadata');
    const envelope = metadata as unknown as Envelope;
    const data = readData(stored.type, envelope.schemaVersion, stored.data, upcasters, '/data');
    return {
      type: stored.type,
      data,
      id: stored.id,
      effectiveDate: envelope.effectiveDate,
      projectId: projectIdOf(stored.stream),
      revision: stored.revision,
      position: stored.position,
      envelope,
    } as unknown as RecordedProjectEvent;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw new EventUnreadable(stored.stream, stored.revision, stored.type, error.path, error.expected);
  }
}

function readData(
  type: string,
  version: number,
  data: JsonObject,
  upcasters: Upcasters,
  path: string,
): JsonObject {
  const check = checkOf(type);
  const newest = currentVersion(type as ProjectEventType, upcasters);
  if (version > newest) throw new Misfit(path, `schema version ${newest} or older, not ${version}`);
  const current = version === newest ? data : upcast(type as ProjectEventType, version, data, upcasters);
  assertFits(check, current, path);
  return type === 'EntryReversed' ? withReadableReversed(current, upcasters) : current;
}

/** A reversal repeats the reversed event in full, under the version that event had when the reversal was written. */
function withReadableReversed(data: JsonObject, upcasters: Upcasters): JsonObject {
  const { reversed } = data as unknown as ProjectEventData<'EntryReversed'>;
  const stored = reversed.data as JsonObject;
  const current = readData(
    reversed.type,
    reversed.schemaVersion ?? 1,
    stored,
    upcasters,
    '/data/reversed/data',
  );
  if (current === stored) return data;
  const version = currentVersion(reversed.type as ProjectEventType, upcasters);
  return { ...data, reversed: { ...reversed, data: current, schemaVersion: version } };
}

function checkOf(type: string): Check {
  let check = checks.get(type);
  if (check) return check;
  if (!Object.hasOwn(PROJECT_EVENT_SCHEMAS, type)) throw new Misfit('/type', 'an event type of a project');
  check = Compile(PROJECT_EVENT_SCHEMAS[type as ProjectEventType]);
  checks.set(type, check);
  return check;
}

function assertFits(check: Check, value: unknown, path: string): void {
  if (check.Check(value)) return;
  const errors = check.Errors(value);
  const [first] = errors.filter((error) => error.instancePath !== '').concat(errors);
  throw new Misfit(`${path}${first?.instancePath ?? ''}`, first?.message ?? 'must fit its schema');
}

function projectIdOf(stream: string): string {
  if (!stream.startsWith(PROJECT_STREAM_PREFIX)) throw new Misfit('/stream', 'the stream of a project');
  return stream.slice(PROJECT_STREAM_PREFIX.length);
}
