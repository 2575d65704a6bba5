import { eventStoreConformance } from '../conformance/event-store-conformance.js';
import { MemoryEventStore } from './memory-event-store.js';
import { MemoryLog } from './memory-log.js';

eventStoreConformance('memory', async () => {
  const log = new MemoryLog();
  return {
    store: new MemoryEventStore(log),
    reopen: async () => new MemoryEventStore(log),
    close: async () => undefined,
  };
});
