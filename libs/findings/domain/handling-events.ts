import { Type, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NewEvent, StoredEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import { ENVELOPE_SCHEMA } from '#libs/projects/domain/envelope-schema.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import type { HandlingStep, StepKind } from './handling.js';

export const FINDING_STREAM_PREFIX = 'finding-';

/** A rule seen on a subject: the two together are what a finding is, whatever the facts behind it. */
export interface FindingKey {
  rule: string;
  /** Of the kind that the rule looks at: see `subjects.ts`. */
  subjectId: string;
}

export const FINDING_ID = /^([A-Z]\d{1,2})-([0-9A-Za-z][0-9A-Za-z.-]{0,79})$/u;
export const findingId = ({ rule, subjectId }: FindingKey): string => `${rule}-${subjectId}`;
export const findingStream = (key: FindingKey): string => `${FINDING_STREAM_PREFIX}${findingId(key)}`;

export function readFindingId(id: string): FindingKey | undefined {
  const match = FINDING_ID.exec(id);
  return match ? { rule: match[1]!, subjectId: match[2]! } : undefined;
}

const SCHEMA_VERSION = 1;
const Text = Type.String({ minLength: 1, maxLength: 2000 });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Basis = Type.String({ pattern: '^[0-9a-f]{64}$' });
const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object({ basis: Basis, ...properties }, { additionalProperties: false });

const SCHEMAS = {
  FindingExplained: object({ explanation: Text }),
  FindingWaived: object({ reason: Text, authority: Name, documentNumber: Type.Optional(Name) }),
  FindingRectified: object({ measures: Text }),
  FindingClosed: object({ note: Text }),
} as const satisfies Record<string, TSchema>;
type FindingEventType = keyof typeof SCHEMAS;

const TYPE_OF: Record<StepKind, FindingEventType> = {
  explained: 'FindingExplained',
  waived: 'FindingWaived',
  rectified: 'FindingRectified',
  closed: 'FindingClosed',
};
const KIND_OF = Object.fromEntries(Object.entries(TYPE_OF).map(([kind, type]) => [type, kind]));

const envelopeCheck = Compile(ENVELOPE_SCHEMA);
const checks = {
  FindingExplained: Compile(SCHEMAS.FindingExplained),
  FindingWaived: Compile(SCHEMAS.FindingWaived),
  FindingRectified: Compile(SCHEMAS.FindingRectified),
  FindingClosed: Compile(SCHEMAS.FindingClosed),
};

/** @throws EventUnwritable */
export function encodeHandlingStep(
  { kind, basis, said }: HandlingStep,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent {
  const type = TYPE_OF[kind];
  const data = { basis, ...said } as unknown as JsonObject;
  const metadata = { ...envelope, schemaVersion: SCHEMA_VERSION } as unknown as JsonObject;
  const misfit = misfitOf(type, data, metadata);
  if (misfit) throw new EventUnwritable(type, misfit.path, misfit.expected);
  return { id, type, data, metadata };
}

export type RecordedStep = HandlingStep & FindingKey & { id: string; envelope: Envelope };

/** @throws EventUnreadable */
export function decodeHandlingStep(stored: StoredEvent): RecordedStep {
  const { id, stream, revision, type, data, metadata } = stored;
  const key = readFindingId(stream.slice(FINDING_STREAM_PREFIX.length));
  const misfit = key
    ? misfitOf(type, data, metadata)
    : { path: '/stream', expected: 'the stream of a finding' };
  if (misfit) throw new EventUnreadable(stream, revision, type, misfit.path, misfit.expected);
  const { basis, ...said } = data;
  return { ...key, id, kind: KIND_OF[type], basis, said, envelope: metadata } as unknown as RecordedStep;
}

function misfitOf(
  type: string,
  data: unknown,
  metadata: unknown,
): { path: string; expected: string } | undefined {
  if (!Object.hasOwn(checks, type)) return { path: '/type', expected: 'an event type of a finding' };
  for (const [check, value, path] of [
    [envelopeCheck, metadata, '/metadata'],
    [checks[type as FindingEventType], data, '/data'],
  ] as const) {
    if (check.Check(value)) continue;
    const [first] = check.Errors(value);
    return { path: path + (first?.instancePath ?? ''), expected: first?.message ?? 'must fit its schema' };
  }
  return undefined;
}
