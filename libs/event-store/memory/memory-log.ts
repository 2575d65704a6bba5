import { newId } from '#libs/kernel/ids.js';
import type { Known } from '../admission.js';
import type { StoredEvent } from '../port.js';

/** The events themselves: shared by all stores that are opened on it, as a database is. */
export class MemoryLog {
  readonly storeId = newId();
  readonly events: (() => StoredEvent)[] = [];
  readonly streams = new Map<string, (() => StoredEvent)[]>();
  readonly known: Known = { commands: new Map(), events: new Map(), revisions: new Map(), head: 0 };
  private readonly waiting = new Set<() => void>();

  /** Stored as text and read anew each time: nobody can change what is stored, and JSON is all that survives. */
  add(event: StoredEvent, data: string, metadata: string): void {
    const read = (): StoredEvent => ({
      ...event,
      data: JSON.parse(data) as StoredEvent['data'],
      metadata: JSON.parse(metadata) as StoredEvent['metadata'],
    });
    this.events.push(read);
    const stream = this.streams.get(event.stream);
    if (stream) stream.push(read);
    else this.streams.set(event.stream, [read]);
  }

  wake(): void {
    for (const done of [...this.waiting]) done();
  }

  /** Resolves when something was added after the call, or the signal was given. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }
}
