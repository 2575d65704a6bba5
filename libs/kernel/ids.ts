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
  const hex = hash('sha1', text, 'hex');
  const variant = VARIANT[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The digit of a UUID whose two highest bits are 10, by its two lowest. */
const VARIANT = '89ab';
