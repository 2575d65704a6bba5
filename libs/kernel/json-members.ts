import type { Json } from './json.js';

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c] as const;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d] as const;

/**
 * These members of a JSON object, in the order asked for; undefined where it has none. The others are passed over, and
 * reading ends with the last that was asked for: ten times as quick as parsing the whole where they stand in front.
 *
 * @param bytes where the object stands in UTF-8, from `start` to before `end`; known to be valid, as what a `json` column
 *   holds. The names asked for are ASCII, and stand in it once and without escapes, as `JSON.stringify` writes them.
 */
export function jsonMembers(
  bytes: Buffer,
  start: number,
  end: number,
  names: readonly string[],
): (Json | undefined)[] {
  const found: (Json | undefined)[] = names.map(() => undefined);
  let missing = names.length;
  let at = bytes.indexOf(OPEN_OBJECT, start) + 1;
  while (missing > 0) {
    while (at < end && bytes[at] !== QUOTE) at++;
    if (at >= end) break;
    const name = at + 1;
    at = behindString(bytes, at);
    const nth = nameAt(bytes, name, at - 1, names);
    while (bytes[at] !== COLON) at++;
    const value = at + 1;
    at = behindValue(bytes, value);
    if (nth < 0) continue;
    found[nth] = JSON.parse(bytes.toString('utf8', value, at)) as Json;
    missing -= 1;
  }
  return found;
}

/** Which of the names stands there, or −1. Compared byte by byte: to make text of every name takes as long as all else. */
function nameAt(bytes: Buffer, start: number, end: number, names: readonly string[]): number {
  return names.findIndex((name) => {
    if (name.length !== end - start) return false;
    for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
    return true;
  });
}

/** @param start of the opening quote */
function behindString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Up to the comma or the brace behind the value. */
function behindValue(bytes: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (depth === 0 && (byte === COMMA || byte === CLOSE_OBJECT)) return at;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    at = byte === QUOTE ? behindString(bytes, at) : at + 1;
  }
}
