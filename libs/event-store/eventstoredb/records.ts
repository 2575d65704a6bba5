import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '@eventstore/db-client';
import { InvalidAppend } from '../errors.js';
import type { EncodedRequest } from '../encoded-request.js';
import { makePosition, orderOf, type JsonObject, type Position, type StoredEvent } from '../port.js';

/** What the adapter keeps for itself: never in the feed, never to be appended to. */
export const OWN_PREFIX = 'taizhang-';
/** Streams of the server itself. */
export const SYSTEM_PREFIX = '$';

/** The server's own limit of one append (`MaxAppendSize`), in bytes. */
const SERVER_APPEND_BYTES = 1_048_576;

/** A place in the server's log. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface NewRecord {
  readonly id: string;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** How an event's metadata is stored: its own inside, beside what the adapter must find again. */
interface StoredMetadata {
  readonly id: string;
  /** On the last event of a request: the command that stored it. */
  readonly command?: string;
  readonly metadata: JsonObject;
}

/**
 * The records of a request. Each gets a record id of its own, fresh with every call: the server takes a second
 * append of known record ids for a success, and we could not tell whose. The event's id stands in the metadata.
 * @throws InvalidAppend
 */
export function recordsOf({ request, data, metadata }: EncodedRequest): NewRecord[] {
  const { events, command } = request;
  const records = events.map((event, n) => {
    const isLast = n === events.length - 1;
    const marker = isLast ? `,"command":${JSON.stringify(command.id)}` : '';
    return {
      id: randomUUID(),
      type: event.type,
      data: Buffer.from(data[n]!),
      metadata: Buffer.from(`{"id":"${event.id}"${marker},"metadata":${metadata[n]!}}`),
    };
  });
  const bytes = records.reduce(
    (sum, record) => sum + record.data.length + record.metadata.length + 2 * record.type.length,
    0,
  );
  if (bytes > SERVER_APPEND_BYTES) {
    throw new InvalidAppend(`request for ${request.stream}: ${bytes} bytes as stored, the limit is 1 MiB`);
  }
  return records;
}

/** @throws InvalidAppend */
export function refuseReservedNames(streams: Iterable<string>): void {
  for (const stream of streams) {
    if (isReserved(stream)) throw new InvalidAppend(`stream name ${stream} is reserved`);
  }
}

export function isReserved(stream: string): boolean {
  return stream.startsWith(SYSTEM_PREFIX) || stream.startsWith(OWN_PREFIX);
}

/** Whether the record is an event of the application: what else a shared server holds is not ours to show. */
export function isApplicationEvent(record: RecordedEvent): boolean {
  return !isReserved(record.streamId) && isStoredMetadata(record.metadata);
}

export function toStoredEvent(storeId: string, record: RecordedEvent): StoredEvent {
  const { id, metadata } = storedMetadata(record);
  return {
    id,
    type: record.type,
    data: record.data as JsonObject,
    metadata,
    stream: record.streamId,
    revision: Number(record.revision),
    position: toPosition(storeId, logPositionOf(record)),
  };
}

/** The command that stored this record, where it is the last of its request. */
export function commandOf(record: RecordedEvent): string | undefined {
  return storedMetadata(record).command;
}

export function eventIdOf(record: RecordedEvent): string {
  return storedMetadata(record).id;
}

function storedMetadata(record: RecordedEvent): StoredMetadata {
  if (isStoredMetadata(record.metadata)) return record.metadata;
  throw new Error(`${record.streamId}@${record.revision} was not written by this adapter`);
}

function isStoredMetadata(metadata: unknown): metadata is StoredMetadata {
  const stored = metadata as Partial<StoredMetadata> | null | undefined;
  return typeof stored?.id === 'string' && typeof stored.metadata === 'object';
}

export function logPositionOf(record: RecordedEvent): LogPosition {
  if (!record.position) throw new Error(`${record.streamId}@${record.revision} came without a position`);
  return record.position;
}

/** 16 hex digits of the commit, 16 of the prepare position: compares as text. */
export function toPosition(storeId: string, { commit, prepare }: LogPosition): Position {
  return makePosition(storeId, hex16(commit) + hex16(prepare));
}

export function toLogPosition(position: Position): LogPosition {
  const order = orderOf(position);
  return { commit: BigInt(`0x${order.slice(0, 16)}`), prepare: BigInt(`0x${order.slice(16)}`) };
}

const hex16 = (value: bigint): string => value.toString(16).padStart(16, '0');
