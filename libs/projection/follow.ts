import type { Position } from '#libs/event-store/port.js';
import { Batcher, type Batch } from './batcher.js';
import type { RunnerContext } from './context.js';
import type { GenerationWriter } from './generation-writer.js';
import type { Projection } from './projection.js';

/** A place another generation has reached: its position, and how many events it had been given by then. */
export interface Target {
  readonly position: Position;
  readonly delivered: number;
}

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Stop exactly there. Left out: never. */
  readonly until?: Target;
  /** Called when the end of the feed was reached; answering `stop` ends it. */
  readonly onCaughtUp?: () => Promise<'go on' | 'stop'>;
  readonly onProgress?: (delivered: number) => void;
}

/** A batch that only adds rows waits at its end as long as any other, and keeps nothing but its events: it may be longer. */
const LONGER = 4;

/** Feeds a generation from where it stands. @throws what `GenerationWriter.write` throws, ForeignPosition */
export async function follow(
  context: RunnerContext,
  projection: Projection,
  writer: GenerationWriter,
  { signal, until, onCaughtUp, onProgress }: FollowOptions,
): Promise<void> {
  if (until && reached(writer, until)) return;
  const ending = new AbortController();
  const feed = context.store.feed({
    ...(writer.position === null ? {} : { after: writer.position }),
    streamPrefixes: projection.streamPrefixes,
    signal: AbortSignal.any([signal, ending.signal]),
  });
  const batches = new Batcher(feed, context.batchSize * (writer.leavesDerived ? LONGER : 1));
  try {
    for (let next = await batches.next(); next && !signal.aborted; next = await batches.next()) {
      if (next.kind === 'batch') {
        await writer.write(until ? upTo(until.position, next) : next);
        onProgress?.(writer.delivered);
        if (until && reached(writer, until)) return;
      } else if (until && writer.delivered >= until.delivered) {
        // The other generation came there by a checkpoint of the store that this feed, reading later, did not yield.
        return await writer.write({ events: [], to: until.position });
      } else if ((await onCaughtUp?.()) === 'stop') {
        return;
      }
    }
  } finally {
    ending.abort();
    batches.close();
  }
}

function reached(writer: GenerationWriter, { position }: Target): boolean {
  return writer.position !== null && writer.position >= position;
}

function upTo(position: Position, batch: Batch): Batch {
  if (batch.to <= position) return batch;
  return { events: batch.events.filter((event) => event.position <= position), to: position };
}
