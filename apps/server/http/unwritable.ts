import { isWritable } from '#libs/kernel/text.js';
import type { FieldError } from './problem.js';

/** Levels of a body: the deepest real one, the planned capacity of a project, has four. */
const DEEPEST = 32;

/**
 * The first text or name, anywhere in a body or a query, that no document can hold, or the place where it is nested so
 * deeply that what reads it would run out of stack; undefined where there is none.
 */
export function unwritable(value: unknown, pointer = '', depth = 0): FieldError | undefined {
  if (typeof value === 'string') return isWritable(value) ? undefined : { pointer, message: CONTROL };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEEPEST) return { pointer, message: `嵌套超过 ${DEEPEST} 层` };
  for (const [key, inner] of Object.entries(value)) {
    if (!isWritable(key)) return { pointer, message: CONTROL };
    const fault = unwritable(inner, `${pointer}/${escapePointer(key)}`, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

const CONTROL = '含有无法记录的字符（控制字符或残缺的字符）';

/** RFC 6901. */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
