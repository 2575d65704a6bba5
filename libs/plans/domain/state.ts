import type { PartialDate } from '#libs/kernel/partial-date.js';
import { entryKey } from './entries.js';
import type { PlanEntry, PlanEvent, PlanEventData } from './events.js';

/** A plan's event as the decider folds it. */
export type DatedPlanEvent = PlanEvent & { id: string; effectiveDate: PartialDate };
export type StandingEntry = PlanEntry & { id: string; effectiveDate: PartialDate };

export interface PlanState {
  plan: PlanEventData<'PlanAdopted'> | undefined;
  /** Entries that were not taken back, by event id, in the order recorded. */
  entries: ReadonlyMap<string, StandingEntry>;
  /** The event id of the entry with this key. */
  byKey: ReadonlyMap<string, string>;
  reversed: ReadonlySet<string>;
}

export const initialState = (): PlanState => ({
  plan: undefined,
  entries: new Map(),
  byKey: new Map(),
  reversed: new Set(),
});

/** The state after the events. A plan holds thousands of entries, so they are copied once and not for each event. */
export function evolveAll(state: PlanState, events: Iterable<DatedPlanEvent>): PlanState {
  let { plan } = state;
  const entries = new Map(state.entries);
  const byKey = new Map(state.byKey);
  const reversed = new Set(state.reversed);
  for (const event of events) {
    if (event.type === 'PlanAdopted') {
      plan = event.data;
    } else if (event.type === 'PlanDetailsRevised') {
      plan = plan && { ...withoutDetails(plan), ...event.data.after };
    } else if (event.type === 'EntryReversed') {
      const { id } = event.data.reversed;
      const key = entries.has(id) ? entryKey(entries.get(id)!) : undefined;
      if (key !== undefined && byKey.get(key) === id) byKey.delete(key);
      entries.delete(id);
      reversed.add(id);
    } else {
      entries.set(event.id, event);
      const key = entryKey(event);
      if (key !== undefined) byKey.set(key, event.id);
    }
  }
  return { plan, entries, byKey, reversed };
}

export const evolve = (state: PlanState, event: DatedPlanEvent): PlanState => evolveAll(state, [event]);

function withoutDetails({ region, area, period, title }: PlanEventData<'PlanAdopted'>) {
  return { region, ...(area && { area }), period, title };
}

/** The standing entries of one type. */
export function entriesOf<T extends PlanEntry['type']>(
  { entries }: PlanState,
  type: T,
): (StandingEntry & { type: T; data: PlanEventData<T> })[] {
  return [...entries.values()].filter(
    (entry): entry is StandingEntry & { type: T; data: PlanEventData<T> } => entry.type === type,
  );
}
