import { setImmediate } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog, LogRecord } from './double-log.js';
import * as messages from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Records of hidden streams after which a subscription is sent a checkpoint, where the client names no window. */
const DEFAULT_WINDOW = 32;
/** Turns of the event loop that a client has between two live records of a stream. */
const PAUSE_TURNS = 2;

/** A read that ends: of a stream or of the whole log, either way. The whole log ignores filters, as the client does. */
export async function readOnce(call: ReadCall, log: DoubleLog, options: ReadReq.Options): Promise<void> {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const limit = Math.min(Number(options.getCount()), Number.MAX_SAFE_INTEGER);
  const name = options.hasStream() ? messages.streamNameOf(options.getStream()!) : undefined;
  const records = name === undefined ? log.records : log.stream(name);
  if (name !== undefined && records.length === 0) await send(call, messages.streamNotFound(name));
  const chosen = records.filter(startingAt(options, backwards));
  if (backwards) chosen.reverse();
  for (const record of chosen.slice(0, limit)) {
    if (call.cancelled) return;
    await send(call, messages.eventResponse(record));
  }
  call.end();
}

/** Inclusive, both ways. */
function startingAt(options: ReadReq.Options, backwards: boolean): (record: LogRecord) => boolean {
  const stream = options.getStream();
  if (stream?.hasRevision()) {
    const from = Number(stream.getRevision());
    return ({ revision }) => (backwards ? revision <= from : revision >= from);
  }
  const position = options.getAll()?.getPosition();
  if (position) {
    const from = BigInt(position.getCommitPosition());
    return ({ at }) => (backwards ? at < from : at >= from);
  }
  return () => true;
}

/**
 * A subscription to the whole log: exclusive of its position, first what is stored, then "caught up", then what
 * comes. `keepsUp` is asked before each record and may break the call instead.
 */
export async function subscription(
  call: ReadCall,
  log: DoubleLog,
  options: ReadReq.Options,
  keepsUp: () => boolean,
): Promise<void> {
  const position = options.getAll()?.getPosition();
  const after = position ? BigInt(position.getCommitPosition()) : -1n;
  const shown = messages.filterOf(options);
  const window = options.getFilter()?.getMax() || DEFAULT_WINDOW;
  await send(call, messages.confirmation());
  let next = log.records.findIndex((record) => record.at > after);
  if (next === -1) next = log.records.length;
  let looked = 0;
  let live = false;
  while (!call.cancelled && !call.destroyed) {
    const record = log.records[next];
    if (!record) {
      if (!live) await send(call, messages.caughtUp());
      live = true;
      await changed(call, log, next);
      continue;
    }
    if (!keepsUp()) return;
    // As from the server, what comes live comes by itself, the events of one append with a pause between them.
    const isMore = live && log.records[next - 1]?.stream === record.stream;
    for (let turn = 0; isMore && turn < PAUSE_TURNS; turn++) await setImmediate();
    next += 1;
    looked += 1;
    if (shown(record)) await send(call, messages.eventResponse(record));
    if (looked % window === 0) await send(call, messages.checkpoint(record.at));
  }
}

/** Resolves when the log has a record at the place, or the call is over. */
function changed(call: ReadCall, log: DoubleLog, place: number): Promise<void> {
  if (log.records.length > place) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      unwatch();
      call.off('cancelled', done);
      call.off('close', done);
      resolve();
    };
    const unwatch = log.watch(done);
    call.on('cancelled', done);
    call.on('close', done);
  });
}

/** Waits where the client reads slower than we write. */
function send(call: ReadCall, response: ReadResp): Promise<void> {
  if (call.cancelled || call.destroyed || call.write(response)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      call.off('cancelled', done);
      call.off('close', done);
      resolve();
    };
    call.on('drain', done);
    call.on('cancelled', done);
    call.on('close', done);
  });
}
