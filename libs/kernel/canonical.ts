import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value: the one spelling that is hashed, whatever order a database returns keys in. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** SHA-256 in hex over the canonical text of a JSON value. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** SHA-256 over a text that comes in parts. */
export class RunningDigest {
  private readonly hash = createHash('sha256');

  add(part: string): void {
    this.hash.update(part);
  }

  /** In hex; nothing can be added afterwards. */
  end(): string {
    return this.hash.digest('hex');
  }
}

/** SHA-256 in hex over the bytes of a file. */
export function digestOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
