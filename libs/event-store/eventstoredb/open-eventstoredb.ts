import type { EventStore } from '../port.js';
import { connect } from './connection.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { backOffWithJitter, type RetryDelay } from './feed.js';

export interface EventStoreDbOptions {
  /** Default: doubling from 100 ms to 10 s, half of it random. */
  readonly retryDelay?: RetryDelay;
}

/**
 * Opens a store on a server or a cluster: `esdb://user:password@host:2113?tls=…`, `esdb://a:2113,b:2113,c:2113`,
 * `esdb+discover://user:password@cluster.name?tlsCAFile=…`. Connects when first used.
 * @throws Refusal `config.eventStore` where the connection string or a file it names cannot be read
 */
export function openEventStoreDb(
  connectionString: string,
  { retryDelay = backOffWithJitter }: EventStoreDbOptions = {},
): EventStore {
  return new EventStoreDbEventStore(connect(connectionString), retryDelay);
}
