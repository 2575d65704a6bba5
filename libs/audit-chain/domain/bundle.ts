import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { AnchorSchema } from './anchor.js';

/**
 * A bundle is JSON lines, gzipped: the header, the anchors, every event of the store in order, sealed texts in parts,
 * and the end. Events outside its scope are withheld: their line has the digest without the event, so that the chain
 * can be recomputed whole and nothing of them is disclosed.
 */
export const BUNDLE_FORMAT = 'taizhang-bundle-1';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Word = Type.String({ minLength: 1, maxLength: 300 });
const Count = Type.Integer({ minimum: 0 });
const Data = Type.Record(Type.String(), Type.Unknown());
const object = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const Header = object({
  bundle: Type.Literal(BUNDLE_FORMAT),
  storeId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  /** What is disclosed; absent: everything. */
  scope: object({ region: Type.Optional(Type.String({ pattern: '^\\d{6}$' })), year: Type.Optional(Count) }),
  madeAt: Word,
  /** PEM of the keys that signed the anchors. */
  publicKeys: Type.String({ maxLength: 10_000 }),
});
export type BundleHeader = Static<typeof Header>;

const AnchorLine = object({ anchor: AnchorSchema });

const EventLine = object({
  sequence: Type.Integer({ minimum: 1 }),
  /** Of the event. */
  digest: Hash,
  /** Of the chain at this event. */
  hash: Hash,
  event: Type.Optional(
    object({ id: Word, stream: Word, revision: Count, type: Word, data: Data, metadata: Data }),
  ),
});
export type EventLine = Static<typeof EventLine>;

const SealedLine = object({ sealed: Hash, text: Type.String() });
const EndLine = object({ end: object({ events: Count, head: Hash }) });

const checks = {
  header: Compile(Header),
  anchor: Compile(AnchorLine),
  event: Compile(EventLine),
  sealed: Compile(SealedLine),
  end: Compile(EndLine),
};

export type BundleLine =
  | { kind: 'header'; header: BundleHeader }
  | { kind: 'anchor'; anchor: Static<typeof AnchorSchema> }
  | { kind: 'event'; line: EventLine }
  | { kind: 'sealed'; digest: string; text: string }
  | { kind: 'end'; events: number; head: string };

/** A line of a file that somebody sent, or undefined where it is none of a bundle. */
export function readBundleLine(text: string): BundleLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (checks.event.Check(value)) return { kind: 'event', line: value };
  if (checks.sealed.Check(value)) return { kind: 'sealed', digest: value.sealed, text: value.text };
  if (checks.anchor.Check(value)) return { kind: 'anchor', anchor: value.anchor };
  if (checks.header.Check(value)) return { kind: 'header', header: value };
  if (checks.end.Check(value)) return { kind: 'end', ...value.end };
  return undefined;
}
