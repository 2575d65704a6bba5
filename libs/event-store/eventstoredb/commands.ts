import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { AppendRequest } from '../port.js';
import type { Connection } from './connection.js';
import { atLeader, readFailure } from './failures.js';
import { readRecords } from './reading.js';
import { commandOf, logPositionOf, OWN_PREFIX, type LogPosition } from './records.js';

/** A command id bound to one content and one stream, for ever. All its events stand behind `since` in the log. */
export interface Claim {
  readonly since: LogPosition;
  /** Bound by this very call; else it was known, and its events may be stored already. */
  readonly fresh: boolean;
}

/**
 * Binds the command id before anything is stored under it: one record in a stream of its own, which can be created
 * only once. `otherwise`: the id is bound to another content or another stream.
 * @throws StoreUnavailable also where the outcome is open: no event of the command was stored by this call
 */
export async function claim(
  connection: Connection,
  { command, stream }: AppendRequest,
): Promise<Claim | 'otherwise'> {
  const own = `${OWN_PREFIX}command-${command.id}`;
  const data = Buffer.from(JSON.stringify({ digest: command.digest, stream }));
  const record = { id: randomUUID(), type: 'CommandClaimed', data, metadata: Buffer.from('{}') };
  try {
    const answer = await atLeader(() =>
      connection.appendOnce({ stream: own, behind: -1, records: [record] }),
    );
    if (answer.stored) return { since: answer.at, fresh: true };
  } catch (error) {
    throw readFailure(error);
  }
  for await (const known of readRecords(connection, own, { limit: 1 })) {
    const { digest, stream: bound } = known.data as { digest: string; stream: string };
    const same = digest === command.digest && bound === stream;
    return same ? { since: logPositionOf(known), fresh: false } : 'otherwise';
  }
  throw new StoreUnavailable(`EventStoreDB: ${own} exists and cannot be read`);
}

/** What a stream holds of a command. */
export interface Trace {
  /** The last record of the command's events. */
  readonly done?: RecordedEvent;
  /** Last revision of the stream, -1 where it does not exist. */
  readonly tail: number;
}

/** Looks for the events of a command, backwards from the end of the stream as far as the claim allows. */
export async function traceOf(
  connection: Connection,
  { stream, command }: AppendRequest,
  since: LogPosition,
): Promise<Trace> {
  let tail = -1;
  for (let from: number | undefined, limit = 1; ; limit = 500) {
    const range = { direction: 'backwards', limit, ...(from !== undefined && { from }) } as const;
    let lowest = 0;
    for await (const record of readRecords(connection, stream, range)) {
      lowest = Number(record.revision);
      if (tail === -1) tail = lowest;
      if (logPositionOf(record).commit < since.commit) return { tail };
      if (commandOf(record) === command.id) return { tail, done: record };
    }
    if (lowest === 0) return { tail };
    from = lowest - 1;
  }
}
