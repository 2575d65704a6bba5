import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { ProjectionRunner } from '../runner.js';
import { deposits, logNamed } from './accounts.js';
import { toyProjection } from './toy-projection.js';

/** A process of its own that fills a store in memory and runs the toy on it, for specs that kill it. */
const [connectionString = '', storeId = '', events = '0'] = process.argv.slice(2);
const store = new MemoryEventStore(logNamed(storeId));
await store.append(deposits(0, Number(events)));
const runner = new ProjectionRunner({
  connectionString,
  store,
  projections: [toyProjection()],
  batchSize: 20,
});
await runner.start();
