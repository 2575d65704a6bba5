import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NewEvent, StoredEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import { ENVELOPE_SCHEMA } from '#libs/projects/domain/envelope-schema.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';

export const RULE_SET_STREAM_PREFIX = 'rule-set-';
export const ruleSetStream = (ruleSetId: string): string => RULE_SET_STREAM_PREFIX + ruleSetId;

const TYPE = 'RuleSetAdopted';
const SCHEMA_VERSION = 1;
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Value = Type.Union([
  Type.String({ minLength: 1, maxLength: 100 }),
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 200 }),
]);
export const RULE_SET_ID = /^[a-z0-9][a-z0-9-]{0,59}$/u;

const DataSchema = Type.Object(
  {
    ruleSetId: Type.String({ pattern: RULE_SET_ID.source }),
    version: Type.Integer({ minimum: 1 }),
    title: Name,
    authority: Name,
    documentNumber: Name,
    region: Type.String({ pattern: '^\\d{6}$' }),
    /** First day on which it is in force there. */
    from: Day,
    /** All of them, so that an event needs no other to be understood. */
    parameters: Type.Array(
      Type.Object({ name: Name, from: Day, value: Value, source: Name }, { additionalProperties: false }),
      { maxItems: 2000 },
    ),
    rules: Type.Array(
      Type.Object({ id: Name, version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
      { maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);

/** A version of a rule set is in force in a region from a day. */
export type RuleSetAdopted = Static<typeof DataSchema>;

const envelopeCheck = Compile(ENVELOPE_SCHEMA);
const dataCheck = Compile(DataSchema);

/** @throws EventUnwritable */
export function encodeRuleSetAdopted(
  data: RuleSetAdopted,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent {
  const metadata: Envelope = { ...envelope, schemaVersion: SCHEMA_VERSION };
  const fault = faultOf(data, metadata);
  if (fault) throw new EventUnwritable(TYPE, ...fault);
  const plain = (value: object) => value as unknown as JsonObject;
  return { id, type: TYPE, data: plain(data), metadata: plain(metadata) };
}

/** @throws EventUnreadable */
export function decodeRuleSetAdopted(stored: StoredEvent): { data: RuleSetAdopted; envelope: Envelope } {
  const { stream, revision, type, data, metadata } = stored;
  const fault: Fault | undefined =
    type === TYPE ? faultOf(data, metadata) : ['/type', 'an event type of a rule set'];
  if (fault) throw new EventUnreadable(stream, revision, type, ...fault);
  return { data: data as unknown as RuleSetAdopted, envelope: metadata as unknown as Envelope };
}

type Fault = [path: string, expected: string];

function faultOf(data: unknown, metadata: unknown): Fault | undefined {
  for (const [check, value, path] of [
    [envelopeCheck, metadata, '/metadata'],
    [dataCheck, data, '/data'],
  ] as const) {
    if (check.Check(value)) continue;
    const [first] = check.Errors(value);
    return [path + (first?.instancePath ?? ''), first?.message ?? 'must fit its schema'];
  }
  return undefined;
}
