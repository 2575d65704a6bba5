import { testDatabase } from '#libs/database/testing/test-database.js';
import { eventStoreConformance } from '../conformance/event-store-conformance.js';
import type { EventStore } from '../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';

eventStoreConformance('PostgreSQL', async () => {
  const database = await testDatabase();
  const stores: EventStore[] = [];
  const reopen = async () => {
    const store = await openPostgresEventStore(database.connectionString);
    stores.push(store);
    return store;
  };
  return {
    store: await reopen(),
    reopen,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
});
