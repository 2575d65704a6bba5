import { hash, randomUUID } from 'node:crypto';

/** A random id (UUID v4). */
export const newId = (): string => randomUUID();

/**
 * The same id for the same words (UUID v5 over the words, length-prefixed so that they cannot run together).
 * Retried commands and repeated imports name the same events by it.
 */
export function idFor(...words: readonly string[]): string {
  let text = 'taizhang';
  for (const word of words) text += `\u0000${word.length}:${word}`;
  const bytes = hash('sha1', text, 'buffer').subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
