import type { Moment } from './finding-book.js';

/** Where and when something happened. */
export interface Happened extends Moment {
  stream: string;
}

/**
 * Whether subjects are to be judged behind the nth of what happened. Between what one stream recorded at one time nobody
 * knew anything, and no batch ends there (`isOneMoment`); streams that recorded at one time may come in several.
 */
export function endsMoment(happenings: readonly Happened[], n: number): boolean {
  const [{ stream, recordedAt }, next] = [happenings[n]!, happenings[n + 1]];
  return next?.stream !== stream || next.recordedAt !== recordedAt;
}
