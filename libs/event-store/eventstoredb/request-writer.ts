import type { RecordedEvent } from '@eventstore/db-client';
import { CommandReused, RevisionConflict } from '../errors.js';
import type { AppendRequest, AppendResult } from '../port.js';
import type { AppendAnswer, Proposal } from './append-call.js';
import { claim, traceOf } from './commands.js';
import type { Connection } from './connection.js';
import { atLeader, writeFailure } from './failures.js';
import { sameEventsBehind } from './reading.js';
import { toPosition, toStoredEvent, type NewRecord } from './records.js';

/**
 * Stores one request, once, however often and from however many processes it is sent. Why this holds at every point
 * where a process can die is in docs/decisions/0003: the command id is bound first, and events are only ever
 * appended behind a revision up to which the stream is known to hold none of this command.
 */
export async function writeRequest(
  connection: Connection,
  storeId: string,
  request: AppendRequest,
  records: readonly NewRecord[],
): Promise<AppendResult> {
  const { stream, expected } = request;
  const claimed = await claim(connection, request);
  if (claimed === 'otherwise') return { outcome: 'refused', error: new CommandReused(request.command.id) };

  let behind = exactRevision(request);
  if (!claimed.fresh || behind === undefined) {
    const { done, tail } = await traceOf(connection, request, claimed.since);
    if (done) return repeated(storeId, done);
    behind ??= tail;
  }
  for (;;) {
    if (expected === 'exists' && behind === -1) return conflict(request, -1);
    const answer = await append(connection, { stream, behind, records });
    if (answer.stored) {
      return { outcome: 'appended', revision: answer.revision, position: toPosition(storeId, answer.at) };
    }
    const { done, tail } = await traceOf(connection, request, claimed.since);
    if (done) return repeated(storeId, done);
    if (exactRevision(request) !== undefined) {
      const ids = request.events.map((event) => event.id);
      const same = await sameEventsBehind(connection, stream, behind, ids);
      return same ? repeated(storeId, same) : conflict(request, answer.actual);
    }
    behind = tail;
  }
}

async function append(connection: Connection, proposal: Proposal): Promise<AppendAnswer> {
  try {
    return await atLeader(() => connection.appendOnce(proposal));
  } catch (error) {
    throw writeFailure(error);
  }
}

/** The revision the request names, -1 for none; undefined where it leaves it open. */
function exactRevision({ expected }: AppendRequest): number | undefined {
  if (expected === 'none') return -1;
  return typeof expected === 'number' ? expected : undefined;
}

function repeated(storeId: string, last: RecordedEvent): AppendResult {
  const { revision, position } = toStoredEvent(storeId, last);
  return { outcome: 'repeated', revision, position };
}

function conflict({ stream, expected }: AppendRequest, actual: number): AppendResult {
  const error = new RevisionConflict(stream, expected, actual === -1 ? undefined : actual);
  return { outcome: 'refused', error };
}
