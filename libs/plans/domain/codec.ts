import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { envelopeCheck } from '#libs/projects/domain/envelope-codec.js';
import { faultOf, type Check, type Fault } from '#libs/projects/domain/misfit.js';
import { PLAN_EVENT_SCHEMAS, type PlanEvent, type PlanEventData, type PlanEventType } from './events.js';
import { PLAN_STREAM_PREFIX } from './plan-id.js';
import type { RecordedPlanEvent } from './recorded-event.js';
import { UPCASTERS, currentVersion, upcast, type Upcasters } from './upcasters.js';

const compiled = new Map<TSchema, Check>();
/** Compiled when first met: a start need not pay for types it never sees. */
function checkFor(schema: TSchema): Check {
  const check = compiled.get(schema) ?? Compile(schema);
  compiled.set(schema, check);
  return check;
}

/** The event as it is stored. @throws EventUnwritable */
export function encodePlanEvent(
  { type, data }: PlanEvent,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
) {
  const metadata = { ...envelope, schemaVersion: currentVersion(type) } as unknown as JsonObject;
  const fault =
    faultOf(envelopeCheck, metadata, '/metadata') ??
    faultOf(checkFor(PLAN_EVENT_SCHEMAS[type]), data, '/data');
  if (fault) throw new EventUnwritable(type, ...fault);
  return { id, type, data: data as unknown as JsonObject, metadata };
}

/** The event carried to the current schema, checked. @throws EventUnreadable */
export function decodePlanEvent(stored: EventToDecode, upcasters: Upcasters = UPCASTERS): RecordedPlanEvent {
  const { id, stream, revision, position, type, metadata } = stored;
  const fail = (fault: Fault): never => {
    throw new EventUnreadable(stream, revision, type, ...fault);
  };
  if (!stream.startsWith(PLAN_STREAM_PREFIX)) fail(['/stream', 'the stream of a plan']);
  if (!Object.hasOwn(PLAN_EVENT_SCHEMAS, type)) fail(['/type', 'an event type of a plan']);
  const unfit = faultOf(envelopeCheck, metadata, '/metadata');
  if (unfit) fail(unfit);
  const envelope = metadata as unknown as Envelope;
  const read = readData(type as PlanEventType, envelope.schemaVersion, stored.data, upcasters, '/data');
  if (Array.isArray(read)) fail(read);
  return {
    id,
    type,
    data: read,
    effectiveDate: envelope.effectiveDate,
    planId: stream.slice(PLAN_STREAM_PREFIX.length),
    revision,
    position,
    envelope,
  } as unknown as RecordedPlanEvent;
}

function readData(
  type: PlanEventType,
  version: number,
  data: JsonObject,
  upcasters: Upcasters,
  path: string,
): JsonObject | Fault {
  const newest = currentVersion(type, upcasters);
  if (version > newest) return [path, `schema version ${newest} or older, not ${version}`];
  const current = version === newest ? data : upcast(type, version, data, upcasters);
  const fault = faultOf(checkFor(PLAN_EVENT_SCHEMAS[type]), current, path);
  if (fault) return fault;
  return type === 'EntryReversed' ? withReadableReversed(current, upcasters) : current;
}

/** A reversal repeats the entry in full, under the version that the entry had when the reversal was written. */
function withReadableReversed(data: JsonObject, upcasters: Upcasters): JsonObject | Fault {
  const { reversed } = data as unknown as PlanEventData<'EntryReversed'>;
  const stored = reversed.data as JsonObject;
  const { type, schemaVersion = 1 } = reversed;
  const current = readData(type, schemaVersion, stored, upcasters, '/data/reversed/data');
  if (Array.isArray(current)) return current;
  if (current === stored) return data;
  return {
    ...data,
    reversed: {
      ...reversed,
      data: current,
      schemaVersion: currentVersion(type, upcasters),
    } as unknown as JsonObject,
  };
}
