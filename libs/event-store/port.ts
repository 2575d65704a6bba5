/**
 * What the rest of the system asks of an event store. No domain words here: streams, events, positions.
 * Three adapters stand behind it (memory, PostgreSQL, EventStoreDB) and one conformance suite holds them to it.
 */

import type { Json, JsonObject } from '#libs/kernel/json.js';
import type { ExpectedRevision } from './expected-revision.js';
import { ForeignPosition, type CommandReused, type RevisionConflict } from './errors.js';

export type { ExpectedRevision, Json, JsonObject };

/** An event to be stored. `id` is a UUID, unique in the whole store. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as stored. Revisions count from 0 without gaps within the stream. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** Members of `metadata` in the order asked for, from stores that find them without parsing all of it. */
  metadataMembers?(names: readonly string[]): readonly (Json | undefined)[];
}

/**
 * A place in the order of the whole store: opaque text of fixed shape `storeId:order`. Positions of one store
 * compare as text (`comparePositions`); a position of another store is refused wherever it is given.
 */
export type Position = string & { readonly __position: unique symbol };

/** Atomic by itself: all its events are stored, next to each other, or none. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** What is being done: the id of the command and a digest of its content. */
  readonly command: CommandKey;
}

export interface CommandKey {
  readonly id: string;
  readonly digest: string;
}

/**
 * `repeated`: this command id was answered before with the same content, or these very event ids are stored
 * already; the revision and position are those of the first time, and nothing was stored again.
 * A failure of one request leaves the others of the call untouched.
 */
export type AppendResult =
  | {
      readonly outcome: 'appended' | 'repeated';
      /** Revision of the request's last event. */
      readonly revision: number;
      /** Position of the request's last event. */
      readonly position: Position;
    }
  | { readonly outcome: 'refused'; readonly error: RevisionConflict | CommandReused };

export interface ReadOptions {
  /** Default `forwards`. */
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to read, inclusive. Default: the first (forwards) or the last (backwards). */
  readonly from?: number;
  /** At most so many events. Default: all. */
  readonly limit?: number;
}

export interface FeedOptions {
  /** Exclusive. Left out: from the beginning. */
  readonly after?: Position;
  /** Only streams whose name starts with one of these. Left out: all streams of the application. */
  readonly streamPrefixes?: readonly string[];
  /** Ends the feed without an error. */
  readonly signal: AbortSignal;
}

/**
 * `checkpoint`: everything up to here was seen, though the filter hid it; safe to resume from.
 * `caughtUp`: the end was reached; it comes again each time the feed, having fallen behind, reaches the end anew, and
 *   never between the events of one request.
 */
export type FeedItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp' };

export interface StoreCapabilities {
  readonly adapter: 'memory' | 'postgres' | 'eventstoredb';
  /** Whether the requests of one `append` call are stored next to each other in one transaction. */
  readonly groupsRequests: boolean;
}

export interface EventStore {
  readonly capabilities: StoreCapabilities;

  /** One result a request, in order. @throws StoreUnavailable, OutcomeUnknown, InvalidAppend */
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;

  /** The events of a stream; a stream that does not exist has none. @throws StoreUnavailable */
  readStream(stream: string, options?: ReadOptions): AsyncIterable<StoredEvent>;

  /**
   * The events of each of many streams, as `readStream` gives those of one, in the order of the streams. Some streams are
   * read ahead of whoever takes them. @throws StoreUnavailable
   */
  readStreams(streams: readonly string[]): AsyncIterable<readonly StoredEvent[]>;

  /**
   * All events in the order of the store, without loss or reordering, first those stored, then those to come.
   * It reconnects by itself and goes on behind the last item it yielded; it ends only by `signal`.
   * @throws ForeignPosition
   */
  feed(options: FeedOptions): AsyncIterable<FeedItem>;

  /** The position of the last event; undefined while the store is empty. @throws StoreUnavailable */
  lastPosition(): Promise<Position | undefined>;

  /** Made once with the store and never changed. @throws StoreUnavailable */
  storeId(): Promise<string>;

  close(): Promise<void>;
}

export function makePosition(storeId: string, order: string): Position {
  return `${storeId}:${order}` as Position;
}

export function storeOf(position: Position): string {
  return position.slice(0, position.indexOf(':'));
}

export function orderOf(position: Position): string {
  return position.slice(position.indexOf(':') + 1);
}

/** Negative, zero or positive, as `a` stands before, at or behind `b`. @throws ForeignPosition across stores */
export function comparePositions(a: Position, b: Position): number {
  assertSameStore(storeOf(b), a);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function assertSameStore(storeId: string, position: Position): void {
  if (storeOf(position) !== storeId) throw new ForeignPosition(storeId, storeOf(position));
}

/** Text from outside that claims to be a position. */
export function isPosition(text: string): text is Position {
  return /^[0-9a-f-]{36}:[0-9a-f]{16,32}$/u.test(text);
}
