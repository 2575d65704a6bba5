import { Type, type Static } from 'typebox';
import type { NewEvent } from '#libs/event-store/port.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { streamCodec } from '#libs/projects/domain/stream-codec.js';

export const RULE_SET_STREAM_PREFIX = 'rule-set-';
export const ruleSetStream = (ruleSetId: string): string => RULE_SET_STREAM_PREFIX + ruleSetId;

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

const codec = streamCodec(RULE_SET_STREAM_PREFIX, { RuleSetAdopted: DataSchema });

/** @throws EventUnwritable */
export const encodeRuleSetAdopted = (
  data: RuleSetAdopted,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent => codec.encode({ type: 'RuleSetAdopted', data }, id, envelope);

/** @throws EventUnreadable */
export const decodeRuleSetAdopted = (stored: EventToDecode): { data: RuleSetAdopted; envelope: Envelope } =>
  codec.decode(stored);
