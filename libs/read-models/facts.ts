import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';

/** Where and when a row comes from; every row of a read model that keeps history carries it. */
export interface Stamp {
  position: string;
  eventId: string;
  eventType: string;
  projectId: string;
  /** The business date as printed. */
  effective: PartialDate;
  /** First and last day it can mean, `YYYY-MM-DD`. */
  effectiveFrom: string;
  effectiveTo: string;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** Id of the event that this one takes back; null for all but reversals. */
  reverses: string | null;
}

/** What happened, or with `sign` −1 what a reversal takes back: the reversed event stands in it in full. */
export interface Fact {
  event: ProjectEvent;
  sign: 1 | -1;
  /** Business date of what happened; of a reversal, that of the event taken back. */
  happened: PartialDate;
  stamp: Stamp;
}

/**
 * Unwraps reversals, so that a projection counts them as it counts their event, the other way round.
 *
 * A reversal counts as effective from its own date, but never before what it reverses: otherwise a fact printed as
 * 2023年 (certain from 31 December) and reversed in June would stand as a negative amount in between.
 */
export function factOf(recorded: RecordedProjectEvent): Fact {
  const effectiveTo = latestDay(recorded.effectiveDate);
  const stamp: Stamp = {
    position: recorded.position,
    eventId: recorded.id,
    eventType: recorded.type,
    projectId: recorded.projectId,
    effective: recorded.effectiveDate,
    effectiveFrom: earliestDay(recorded.effectiveDate),
    effectiveTo,
    recordedAt: recorded.recordedAt,
    reverses: null,
  };
  if (recorded.type !== 'EntryReversed') {
    return { event: recorded, sign: 1, happened: recorded.effectiveDate, stamp };
  }
  const { reversed } = recorded.data;
  if (reversed.type === 'EntryReversed') {
    throw new Error(`event ${recorded.id} reverses the reversal ${reversed.id}, which the domain never does`);
  }
  const reversedTo = latestDay(reversed.effectiveDate);
  stamp.effectiveTo = reversedTo > effectiveTo ? reversedTo : effectiveTo;
  stamp.reverses = reversed.id;
  const event = { type: reversed.type, data: reversed.data } as unknown as ProjectEvent;
  return { event, sign: -1, happened: reversed.effectiveDate, stamp };
}
