import { Compile } from 'typebox/compile';
import type { Json, JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from './codec-errors.js';
import type { Envelope } from './envelope.js';
import {
  ENVELOPE_HEAD,
  assertEnvelope,
  envelopeHeadOf,
  envelopeOf,
  storedEnvelope,
  type EnvelopeHead,
} from './envelope-codec.js';
import {
  PROJECT_EVENT_SCHEMAS,
  PROJECT_STREAM_PREFIX,
  type ProjectEvent,
  type ProjectEventData,
  type ProjectEventType,
} from './events.js';
import { Misfit, assertFits, type Check } from './misfit.js';
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
  metadataMembers?(names: readonly string[]): readonly (Json | undefined)[];
}

/** Compiled when a type is first met: a start need not pay for types it never sees. */
const checks = new Map<string, Check>();

/** Whether the data fit the current schema of the type. For fixtures and tools; the codec checks by itself. */
export function fitsSchema(type: ProjectEventType, data: unknown): boolean {
  return checkOf(type).Check(data);
}

/**
 * Events of one command as they are stored: `metadata` is their envelope with the schema version of the data, one object
 * for all that have the same version.
 * @throws EventUnwritable
 */
export function encodeProjectEvents(
  events: readonly (ProjectEvent & { readonly id: string })[],
  envelope: Omit<Envelope, 'schemaVersion'>,
): EncodedEvent[] {
  const byVersion = new Map<number, JsonObject>();
  return events.map((event) => {
    const version = currentVersion(event.type);
    const data = event.data as unknown as JsonObject;
    let metadata = byVersion.get(version);
    try {
      if (!metadata) {
        metadata = storedEnvelope(envelope, version);
        assertEnvelope(metadata);
        byVersion.set(version, metadata);
      }
      assertFits(checkOf(event.type), data, '/data');
    } catch (error) {
      if (error instanceof Misfit) throw new EventUnwritable(event.type, error.path, error.expected);
      throw error;
    }
    return { id: event.id, type: event.type, data, metadata };
  });
}

/**
 * The event as the domain knows it today: checked, and carried to the current schema where it was stored under an
 * older one. Copies nothing: `data` and `envelope` are the stored objects.
 * @throws EventUnreadable, also by `envelope` where that was not read yet
 */
export function decodeProjectEvent(
  stored: EventToDecode,
  upcasters: Upcasters = UPCASTERS,
): RecordedProjectEvent {
  return reading(stored, () => {
    const members = stored.metadataMembers?.(ENVELOPE_HEAD);
    const envelope = members ? undefined : envelopeOf(stored.metadata);
    const head = envelope ?? envelopeHeadOf(members!);
    const data = readData(stored.type, head.schemaVersion, stored.data, upcasters, '/data');
    const projectId = projectIdOf(stored.stream);
    return new DecodedEvent(stored, projectId, data, head, envelope) as unknown as RecordedProjectEvent;
  });
}

/** Its envelope is read when it is asked for, where the store could give what every reader needs of it by itself. */
class DecodedEvent {
  readonly type: string;
  readonly id: string;
  readonly effectiveDate: string;
  readonly recordedAt: string;
  readonly revision: number;
  readonly position: string;
  readonly #stored: EventToDecode;
  #envelope: Envelope | undefined;

  constructor(
    stored: EventToDecode,
    readonly projectId: string,
    readonly data: JsonObject,
    { effectiveDate, recordedAt }: EnvelopeHead,
    envelope: Envelope | undefined,
  ) {
    this.type = stored.type;
    this.id = stored.id;
    this.effectiveDate = effectiveDate;
    this.recordedAt = recordedAt;
    this.revision = stored.revision;
    this.position = stored.position;
    this.#stored = stored;
    this.#envelope = envelope;
  }

  get envelope(): Envelope {
    this.#envelope ??= reading(this.#stored, () => envelopeOf(this.#stored.metadata));
    return this.#envelope;
  }
}

function reading<T>(stored: EventToDecode, read: () => T): T {
  try {
    return read();
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

function projectIdOf(stream: string): string {
  if (!stream.startsWith(PROJECT_STREAM_PREFIX)) throw new Misfit('/stream', 'the stream of a project');
  return stream.slice(PROJECT_STREAM_PREFIX.length);
}
