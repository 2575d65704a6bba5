import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { START, streamNameFilter, type AllStreamResolvedEvent } from '@eventstore/db-client';
import type { FeedItem, Position, StoredEvent } from '../port.js';
import type { Connection } from './connection.js';
import { itemsOf, readRecords } from './reading.js';
import { isApplicationEvent, logPositionOf, toLogPosition, toPosition, toStoredEvent } from './records.js';
import type { LogPosition } from './records.js';

/** Streams of the application: neither of the server nor of the adapter. */
const APPLICATION_STREAMS = /^(?!\$|taizhang-)/u.source;
/** Records the server looks at before it gives a checkpoint, though all are hidden. */
const SEARCH_WINDOW = 512;
/** Application events hidden by the prefixes after which we give a checkpoint. */
const HIDDEN_EVENTS = 32;
/** Events read ahead while the consumer works; a live subscription that cannot write is dropped by the server. */
const READ_AHEAD = 1_000;

type Arrival = AllStreamResolvedEvent | { readonly checkpoint: LogPosition } | { readonly caughtUp: true };

export interface SubscriptionOptions {
  readonly storeId: string;
  readonly after: Position | undefined;
  readonly streamPrefixes: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/**
 * One subscription to the whole log, exclusive of `after`, until it breaks. Checkpoints and the news of having
 * caught up are pushed into the client's own stream, so that they stay behind the events that came before them: its
 * callbacks run ahead of the events it has buffered.
 */
export async function* subscribe(
  connection: Connection,
  { storeId, after, streamPrefixes, signal }: SubscriptionOptions,
): AsyncGenerator<FeedItem> {
  const subscription = connection.subscribeToAll(
    {
      fromPosition: after === undefined ? START : toLogPosition(after),
      filter: streamNameFilter({
        regex: APPLICATION_STREAMS,
        maxSearchWindow: SEARCH_WINDOW,
        checkpointReached: (stream, checkpoint) => {
          (stream as unknown as Readable).push({ checkpoint });
        },
      }),
    },
    { highWaterMark: READ_AHEAD },
  );
  const stop = () => subscription.destroy();
  signal.addEventListener('abort', stop);
  subscription.on('caughtUp', () => subscription.push({ caughtUp: true }));
  const arrivals = Object.assign(subscription as unknown as Readable, {
    cancel: () => subscription.unsubscribe(),
  });
  const progress = new Progress(storeId, after, streamPrefixes);
  const appends = new Appends(connection);
  const isEmpty = () => subscription.readableLength === 0;
  try {
    for await (const arrival of itemsOf<Arrival>(arrivals)) {
      yield* progress.take(arrival);
      if (progress.mayBeAtEnd && isEmpty()) {
        await setImmediate();
        const isEnd = isEmpty() && (!progress.last || (await appends.isLast(progress.last)));
        if (isEnd && isEmpty() && !signal.aborted) yield* progress.reachEnd();
      }
      if (signal.aborted) return;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Tells the last event of an append. Its events are sent one by one, with pauses, and the end must not be told between
 * them; they are stored all at once: where the stream goes on behind an event, more is on its way.
 */
class Appends {
  /** The end of the stream that was asked for last. */
  private end: { stream: string; revision: number } | undefined;

  constructor(private readonly connection: Connection) {}

  async isLast({ stream, revision }: StoredEvent): Promise<boolean> {
    if (this.end?.stream !== stream || this.end.revision < revision) {
      this.end = { stream, revision: await this.endOf(stream) };
    }
    return this.end.revision <= revision;
  }

  private async endOf(stream: string): Promise<number> {
    for await (const last of readRecords(this.connection, stream, { direction: 'backwards', limit: 1 })) {
      return Number(last.revision);
    }
    return -1;
  }
}

/** What was seen of the log, and what of it the consumer was told. */
class Progress {
  /** The last event that arrived, where the consumer was told it. */
  last: StoredEvent | undefined;
  private isLive = false;
  private hidden: Position | undefined;
  private hiddenCount = 0;
  private saidCaughtUp = false;

  constructor(
    private readonly storeId: string,
    private told: Position | undefined,
    private readonly prefixes: readonly string[] | undefined,
  ) {}

  /** The server has said that all that was stored has been sent, and the consumer does not know it yet. */
  get mayBeAtEnd(): boolean {
    return this.isLive && (!this.saidCaughtUp || this.hidden !== undefined);
  }

  *take(arrival: Arrival): Generator<FeedItem> {
    if ('caughtUp' in arrival) this.isLive = true;
    else if ('checkpoint' in arrival) yield* this.checkpoint(toPosition(this.storeId, arrival.checkpoint));
    else if (arrival.event && isApplicationEvent(arrival.event)) {
      this.saidCaughtUp = false;
      const { event } = arrival;
      if (!this.prefixes || this.prefixes.some((prefix) => event.streamId.startsWith(prefix))) {
        const stored = toStoredEvent(this.storeId, event);
        this.tell(stored.position);
        this.last = stored;
        yield { kind: 'event', event: stored };
      } else {
        this.hidden = toPosition(this.storeId, logPositionOf(event));
        this.last = undefined;
        this.hiddenCount += 1;
        if (this.hiddenCount >= HIDDEN_EVENTS) yield* this.checkpoint(this.hidden);
      }
    }
  }

  *reachEnd(): Generator<FeedItem> {
    if (this.hidden) yield* this.checkpoint(this.hidden);
    if (this.saidCaughtUp) return;
    this.saidCaughtUp = true;
    yield { kind: 'caughtUp' };
  }

  private *checkpoint(position: Position): Generator<FeedItem> {
    if (this.told !== undefined && position <= this.told) return;
    this.tell(position);
    yield { kind: 'checkpoint', position };
  }

  private tell(position: Position): void {
    this.told = position;
    this.hidden = undefined;
    this.hiddenCount = 0;
  }
}
