import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical.js';

export type { KeyObject };

/** SHA-256 in hex over the DER form of a public key (SubjectPublicKeyInfo): its short name, to be published. */
export function fingerprintOf(key: KeyObject): string {
  const der = publicOf(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** The public half as PEM text. */
export function publicPemOf(key: KeyObject): string {
  return publicOf(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** Ed25519 signature, base64, over the canonical text (RFC 8785) of a JSON value. */
export function signJson(value: unknown, privateKey: KeyObject): string {
  return sign(null, Buffer.from(canonicalJson(value)), privateKey).toString('base64');
}

/** Whether the signature is the key's over that very value. Never throws for a signature of any other shape. */
export function signatureFits(value: unknown, signature: string, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(canonicalJson(value)), publicKey, Buffer.from(signature, 'base64'));
}

export const isEd25519 = (key: KeyObject): boolean => key.asymmetricKeyType === 'ed25519';

function publicOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}
