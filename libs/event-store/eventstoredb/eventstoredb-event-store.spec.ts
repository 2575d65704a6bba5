import { eventStoreConformance } from '../conformance/event-store-conformance.js';
import { openEventStoreDb } from './open-eventstoredb.js';
import { EventStoreDbDouble } from './testing/eventstoredb-double.js';

async function conforming(connectionString: string, stop: () => void) {
  const stores = [openEventStoreDb(connectionString)];
  return {
    store: stores[0]!,
    reopen: async () => {
      const store = openEventStoreDb(connectionString);
      stores.push(store);
      return store;
    },
    close: async () => {
      for (const store of stores) await store.close();
      stop();
    },
  };
}

eventStoreConformance('EventStoreDB (test double)', async () => {
  const double = await new EventStoreDbDouble().start();
  return conforming(double.connectionString, () => double.stop());
});

const { EVENTSTORE_URL } = process.env;
if (EVENTSTORE_URL) {
  eventStoreConformance('EventStoreDB (EVENTSTORE_URL)', () => conforming(EVENTSTORE_URL, () => undefined));
}
