import type { Pool } from 'pg';
import type { EventStore } from '#libs/event-store/port.js';
import type { Leases } from './leases.js';
import type { Signals } from './signals.js';

/** What the parts of a runner share. */
export interface RunnerContext {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly leases: Leases;
  readonly signals: Signals;
  /** Events in a batch, at most. */
  readonly batchSize: number;
}
