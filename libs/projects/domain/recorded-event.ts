import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { ProjectEvent } from './events.js';
import type { Envelope } from './envelope.js';

/** A project event as the decider folds it: with its id and effective date, since a reversal names and repeats them. */
export type DatedProjectEvent = ProjectEvent & { id: string; effectiveDate: PartialDate };

/** A project event as projections see it: decoded to the current schema, with where and when it was stored. */
export type RecordedProjectEvent = DatedProjectEvent & {
  projectId: string;
  revision: number;
  position: string;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** Read when it is asked for. @throws EventUnreadable */
  readonly envelope: Envelope;
};
