import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  type RecordedEvent,
} from '@eventstore/db-client';
import type { ReadOptions } from '../port.js';
import type { Connection } from './connection.js';
import { atLeader } from './failures.js';
import { eventIdOf } from './records.js';

interface ClientStream<T> {
  on(event: 'error', listener: () => void): unknown;
  destroy(): unknown;
  cancel(): Promise<void>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

/**
 * The items of a stream of the client, which is left in order however the reading ends. The client neither destroys
 * its stream after an error nor cancels the call of a destroyed one, and it may emit an error when all is over.
 */
export async function* itemsOf<T>(stream: ClientStream<T>): AsyncGenerator<T> {
  stream.on('error', () => undefined);
  try {
    for await (const item of stream) yield item;
  } finally {
    stream.destroy();
    // Not awaited: it waits for the connection first, which may be a long discovery.
    stream.cancel().catch(() => undefined);
  }
}

/** The records of a stream as the leader has them; none where it does not exist. */
export async function* readRecords(
  connection: Connection,
  stream: string,
  { direction = 'forwards', from, limit }: ReadOptions = {},
): AsyncGenerator<RecordedEvent> {
  const backwards = direction === 'backwards';
  const open = () =>
    itemsOf(
      connection.readStream(stream, {
        direction: backwards ? BACKWARDS : FORWARDS,
        fromRevision: from === undefined ? (backwards ? END : START) : BigInt(from),
        ...(limit !== undefined && { maxCount: limit }),
        requiresLeader: true,
      }),
    );
  try {
    const { items, first } = await atLeader(async () => {
      const items = open();
      return { items, first: await items.next() };
    });
    try {
      for (let next = first; !next.done; next = await items.next()) {
        if (next.value.event) yield next.value.event;
      }
    } finally {
      await leave(items, limit);
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
}

/**
 * A reader may leave before the end; the call must not stay open, half read. One without a limit is cancelled. One with
 * a limit is read to its end: servers close the connection of a client that cancels calls by the hundred.
 */
async function leave(items: AsyncGenerator<unknown>, limit: number | undefined): Promise<void> {
  if (limit === undefined) await items.return(undefined);
  // What the reader no longer wants may fail without a word.
  else await drain(items).catch(() => undefined);
}

async function drain(items: AsyncGenerator<unknown>): Promise<void> {
  let next;
  do next = await items.next();
  while (!next.done);
}

/** Whether exactly these events stand behind revision `behind` of the stream; then the last of them. */
export async function sameEventsBehind(
  connection: Connection,
  stream: string,
  behind: number,
  ids: readonly string[],
): Promise<RecordedEvent | undefined> {
  let at = 0;
  for await (const record of readRecords(connection, stream, { from: behind + 1, limit: ids.length })) {
    if (eventIdOf(record) !== ids[at]) return undefined;
    at += 1;
    if (at === ids.length) return record;
  }
  return undefined;
}
