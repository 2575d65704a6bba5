import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NewEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from './codec-errors.js';
import type { EventToDecode } from './codec.js';
import type { Envelope } from './envelope.js';
import { envelopeCheck } from './envelope-codec.js';
import { faultOf, type Check, type Fault } from './misfit.js';

type Schemas = Readonly<Record<string, TSchema>>;

/** An event of the kinds that these schemas name. */
export type EventOf<S extends Schemas> = {
  [T in keyof S & string]: { type: T; data: Static<S[T]> };
}[keyof S & string];

/** The same with where it was stored; `id` of the stream without its prefix. */
export type RecordedEventOf<S extends Schemas> = EventOf<S> & {
  id: string;
  streamId: string;
  revision: number;
  position: string;
  envelope: Envelope;
};

export interface StreamCodec<S extends Schemas> {
  /** The event as it is stored. @throws EventUnwritable */
  encode(event: EventOf<S>, id: string, envelope: Omit<Envelope, 'schemaVersion'>): NewEvent;
  /** The event as it was stored, checked. @throws EventUnreadable */
  decode(stored: EventToDecode): RecordedEventOf<S>;
}

/** Every schema is at its first version; whoever changes one adds an upcaster and freezes samples in `v<n>/`. */
const VERSION = 1;

/** Reads and writes the events of one kind of stream, each held to its schema both ways. */
export function streamCodec<S extends Schemas>(prefix: string, schemas: S): StreamCodec<S> {
  const checks = new Map<string, Check>(
    Object.entries(schemas).map(([type, schema]) => [type, Compile(schema) as Check]),
  );

  function faultIn({ stream, type, data, metadata }: EventToDecode): Fault | undefined {
    const check = checks.get(type);
    if (!stream.startsWith(prefix)) return ['/stream', `a stream “${prefix}…”`];
    if (!check) return ['/type', `an event type of a stream “${prefix}…”`];
    const version = metadata['schemaVersion'];
    return (
      faultOf(envelopeCheck, metadata, '/metadata') ??
      (version === VERSION
        ? faultOf(check, data, '/data')
        : ['/data', `schema version ${VERSION}, not ${JSON.stringify(version)}`])
    );
  }

  return {
    encode({ type, data }, id, envelope) {
      const metadata = { ...envelope, schemaVersion: VERSION } as unknown as JsonObject;
      const fault =
        faultOf(envelopeCheck, metadata, '/metadata') ?? faultOf(checks.get(type)!, data, '/data');
      if (fault) throw new EventUnwritable(type, ...fault);
      return { id, type, data: data, metadata };
    },
    decode(stored) {
      const { id, stream, revision, position, type, data, metadata } = stored;
      const fault = faultIn(stored);
      if (fault) throw new EventUnreadable(stream, revision, type, ...fault);
      const streamId = stream.slice(prefix.length);
      const recorded = { id, type, data, streamId, revision, position, envelope: metadata };
      return recorded as unknown as RecordedEventOf<S>;
    },
  };
}
