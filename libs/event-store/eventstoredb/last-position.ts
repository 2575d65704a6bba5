import { BACKWARDS, END } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { itemsOf } from './reading.js';
import { isApplicationEvent, logPositionOf, type LogPosition } from './records.js';

/**
 * Finds the position of the last application event, backwards from the end of the log: the client ignores a filter
 * there. What one call has walked over, the next does not walk again.
 */
export class LastPosition {
  private walked: LogPosition = { commit: -1n, prepare: -1n };
  private answer: LogPosition | undefined;

  /** @throws StoreUnavailable */
  async read(connection: Connection): Promise<LogPosition | undefined> {
    let end: LogPosition | undefined;
    let found: LogPosition | undefined;
    const { walked, answer } = this;
    const events = connection.readAll({ direction: BACKWARDS, fromPosition: END, requiresLeader: true });
    try {
      for await (const { event } of itemsOf(events)) {
        if (!event) continue;
        const at = logPositionOf(event);
        end ??= at;
        if (at.commit <= walked.commit) found = answer;
        else if (isApplicationEvent(event)) found = at;
        else continue;
        break;
      }
    } catch (error) {
      throw readFailure(error);
    }
    if (end && end.commit > this.walked.commit) {
      this.walked = end;
      this.answer = found;
    }
    return found;
  }
}
