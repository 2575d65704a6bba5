import type { Envelope } from '#libs/projects/domain/envelope.js';
import type { Moment } from './finding-book.js';

/** Where and when something happened. */
export interface Happened extends Moment {
  stream: string;
  /** What recorded it; the envelope may be one that is parsed when it is asked for. */
  event: { readonly envelope: Pick<Envelope, 'commandId'> };
}

/**
 * Whether subjects are to be judged behind the nth of what happened: not amid a command, which nobody knew in part, and
 * which no batch parts either (`isOneMoment`).
 */
export function endsMoment(happenings: readonly Happened[], n: number): boolean {
  const [{ stream, recordedAt, event }, next] = [happenings[n]!, happenings[n + 1]];
  return next?.stream !== stream || next.recordedAt !== recordedAt || !isOneCommand(event, next.event);
}

/** Asked last: it may parse both envelopes. */
export function isOneCommand(event: Happened['event'], next: Happened['event']): boolean {
  return event.envelope.commandId === next.envelope.commandId;
}
