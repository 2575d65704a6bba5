import type { Envelope } from '#libs/projects/domain/envelope.js';
import type { DatedPlanEvent } from './state.js';

/** A plan's event as projections see it, with where and when it was stored. */
export type RecordedPlanEvent = DatedPlanEvent & {
  planId: string;
  revision: number;
  position: string;
  envelope: Envelope;
};
