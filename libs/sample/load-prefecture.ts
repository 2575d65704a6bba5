import type { AppendRequest, EventStore, Position } from '#libs/event-store/port.js';
import { planDocuments } from './plan-documents.js';
import { generatePrefecture, type PrefectureOptions } from './prefecture.js';

/** Events in one append call: few enough to hold, many enough that the round trip does not count. */
const BATCH_EVENTS = 4000;

export interface Loaded {
  projects: number;
  events: number;
  /** Of the events, those that were stored before: nothing is stored twice. */
  alreadyStored: number;
  /** Of the last event; undefined where there were none. */
  position: Position | undefined;
}

/**
 * Records the made-up prefecture, batch by batch.
 * @param onProgress called after each batch with the projects recorded so far
 * @throws StoreUnavailable, OutcomeUnknown (safe to repeat), CommandReused where `until` grew over recorded lives
 */
export async function loadPrefecture(
  store: EventStore,
  options: PrefectureOptions,
  onProgress: (projects: number) => void = () => undefined,
): Promise<Loaded> {
  const loaded: Loaded = { projects: 0, events: 0, alreadyStored: 0, position: undefined };
  for (const batch of batches(generatePrefecture(options))) {
    const results = await store.append(batch);
    results.forEach((result, n) => {
      if (result.outcome === 'refused') throw result.error;
      const { length } = batch[n]!.events;
      loaded.projects += 1;
      loaded.events += length;
      if (result.outcome === 'repeated') loaded.alreadyStored += length;
      if (loaded.position === undefined || result.position > loaded.position)
        loaded.position = result.position;
    });
    onProgress(loaded.projects);
  }
  return loaded;
}

/**
 * Records the plan documents that the lives of a recorded prefecture name; returns how many.
 * @throws as `loadPrefecture`
 */
export async function loadPlanDocuments(store: EventStore, options: PrefectureOptions): Promise<number> {
  const documents = planDocuments(generatePrefecture(options));
  for (const result of await store.append(documents)) {
    if (result.outcome === 'refused') throw result.error;
  }
  return documents.length;
}

function* batches(requests: Iterable<AppendRequest>): Generator<AppendRequest[]> {
  let batch: AppendRequest[] = [];
  let events = 0;
  for (const request of requests) {
    batch.push(request);
    events += request.events.length;
    if (events < BATCH_EVENTS) continue;
    yield batch;
    batch = [];
    events = 0;
  }
  if (batch.length > 0) yield batch;
}
