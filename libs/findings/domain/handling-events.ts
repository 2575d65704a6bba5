import { Type, type TSchema } from 'typebox';
import type { NewEvent } from '#libs/event-store/port.js';
import { EventUnreadable } from '#libs/projects/domain/codec-errors.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { streamCodec, type EventOf } from '#libs/projects/domain/stream-codec.js';
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

const codec = streamCodec(FINDING_STREAM_PREFIX, SCHEMAS);

/** @throws EventUnwritable */
export const encodeHandlingStep = (
  { kind, basis, said }: HandlingStep,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent =>
  codec.encode({ type: TYPE_OF[kind], data: { basis, ...said } } as EventOf<typeof SCHEMAS>, id, envelope);

export type RecordedStep = HandlingStep & FindingKey & { id: string; envelope: Envelope };

/** @throws EventUnreadable */
export function decodeHandlingStep(stored: EventToDecode): RecordedStep {
  const { stream, revision, type } = stored;
  const key = readFindingId(stream.slice(FINDING_STREAM_PREFIX.length));
  if (!key) throw new EventUnreadable(stream, revision, type, '/stream', 'the stream of a finding');
  const { id, data, envelope } = codec.decode(stored);
  const { basis, ...said } = data;
  return { ...key, id, kind: KIND_OF[type], basis, said, envelope } as RecordedStep;
}
