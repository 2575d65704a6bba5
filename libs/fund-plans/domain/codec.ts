import { Compile } from 'typebox/compile';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { envelopeCheck } from '#libs/projects/domain/envelope-codec.js';
import { faultOf, type Check, type Fault } from '#libs/projects/domain/misfit.js';
import {
  FUND_PLAN_EVENT_SCHEMAS,
  FUND_PLAN_STREAM_PREFIX,
  type FundPlanEvent,
  type FundPlanEventType,
} from './events.js';

/** Every schema is at its first version; whoever changes one adds an upcaster here and freezes samples in `v<n>/`. */
const VERSION = 1;

const checks = Object.fromEntries(
  Object.entries(FUND_PLAN_EVENT_SCHEMAS).map(([type, schema]) => [type, Compile(schema) as Check]),
) as Readonly<Record<FundPlanEventType, Check>>;

/** An event of a plan document as projections see it, with where it was stored. */
export type RecordedFundPlanEvent = FundPlanEvent & {
  id: string;
  planId: string;
  revision: number;
  position: string;
  envelope: Envelope;
};

/** The event as it is stored. @throws EventUnwritable */
export function encodeFundPlanEvent(
  { type, data }: FundPlanEvent,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
) {
  const metadata = { ...envelope, schemaVersion: VERSION } as unknown as JsonObject;
  const fault = faultOf(envelopeCheck, metadata, '/metadata') ?? faultOf(checks[type], data, '/data');
  if (fault) throw new EventUnwritable(type, ...fault);
  return { id, type, data: data as unknown as JsonObject, metadata };
}

/** The event as it was stored, checked. @throws EventUnreadable */
export function decodeFundPlanEvent(stored: EventToDecode): RecordedFundPlanEvent {
  const { id, stream, revision, position, type, data, metadata } = stored;
  const fault = faultIn(stored);
  if (fault) throw new EventUnreadable(stream, revision, type, ...fault);
  const planId = stream.slice(FUND_PLAN_STREAM_PREFIX.length);
  return {
    id,
    type,
    data,
    planId,
    revision,
    position,
    envelope: metadata,
  } as unknown as RecordedFundPlanEvent;
}

function faultIn({ stream, type, data, metadata }: EventToDecode): Fault | undefined {
  if (!stream.startsWith(FUND_PLAN_STREAM_PREFIX)) return ['/stream', 'the stream of a plan document'];
  if (!Object.hasOwn(checks, type)) return ['/type', 'an event type of a plan document'];
  const fault = faultOf(envelopeCheck, metadata, '/metadata');
  if (fault) return fault;
  const version = metadata['schemaVersion'];
  if (version !== VERSION) return ['/data', `schema version ${VERSION}, not ${JSON.stringify(version)}`];
  return faultOf(checks[type as FundPlanEventType], data, '/data');
}
