import type { EventStore } from '../port.js';
import { appending } from './appending.js';
import { commands } from './commands.js';
import { feeding } from './feeding.js';
import { racing } from './racing.js';
import { reading } from './reading.js';

export interface OpenedStore {
  readonly store: EventStore;
  /** Another store object on the same events, as a second process would open it. `close` closes it too. */
  reopen(): Promise<EventStore>;
  close(): Promise<void>;
}

/**
 * What every adapter of the port must do, as tests. The store is opened once and may hold other events: each test
 * uses stream names of its own, so the suite also runs against a shared server.
 */
export function eventStoreConformance(name: string, open: () => Promise<OpenedStore>): void {
  describe(`event store: ${name}`, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened.close();
    });
    const store = (): EventStore => opened.store;
    describe('expected revisions and requests', () => appending(store));
    describe('repeated commands and events', () => commands(store));
    describe('the feed', () => feeding(store, () => opened.reopen()));
    describe('32 concurrent writers', () => racing(store));
    // Last, for its streams are long, and most feeds begin at the first event of all.
    describe('reading a stream', () => reading(store, () => opened.reopen()));
  });
}
