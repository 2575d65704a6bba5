import { Compile } from 'typebox/compile';
import type { Json, JsonObject } from '#libs/kernel/json.js';
import type { Envelope } from './envelope.js';
import { ENVELOPE_HEAD_SCHEMA, ENVELOPE_SCHEMA } from './envelope-schema.js';
import { assertFits, type Check } from './misfit.js';

/** What every reader of an event needs of its envelope. */
export type EnvelopeHead = Pick<Envelope, 'effectiveDate' | 'recordedAt' | 'schemaVersion'>;

/** Its members, in the order that `envelopeHeadOf` takes them in. */
export const ENVELOPE_HEAD: readonly (keyof EnvelopeHead)[] = [
  'effectiveDate',
  'recordedAt',
  'schemaVersion',
];

export const envelopeCheck: Check = Compile(ENVELOPE_SCHEMA);
const headCheck: Check = Compile(ENVELOPE_HEAD_SCHEMA);
const PATH = '/metadata';

/** The envelope as it is stored: its head in front, where a store that reads members by themselves finds them first. */
export function storedEnvelope(envelope: Omit<Envelope, 'schemaVersion'>, schemaVersion: number): JsonObject {
  const { effectiveDate, recordedAt, ...rest } = envelope;
  return { effectiveDate, recordedAt, schemaVersion, ...rest } as unknown as JsonObject;
}

/** @throws Misfit */
export function assertEnvelope(metadata: JsonObject): void {
  assertFits(envelopeCheck, metadata, PATH);
}

/** @throws Misfit */
export function envelopeOf(metadata: JsonObject): Envelope {
  assertEnvelope(metadata);
  return metadata as unknown as Envelope;
}

/** To parse all of the envelope takes longer than to parse the event's data. @throws Misfit */
export function envelopeHeadOf(members: readonly (Json | undefined)[]): EnvelopeHead {
  const [effectiveDate, recordedAt, schemaVersion] = members;
  const head = { effectiveDate, recordedAt, schemaVersion };
  assertFits(headCheck, head, PATH);
  return head as EnvelopeHead;
}
