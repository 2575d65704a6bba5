import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { loadPlanDocuments, loadPrefecture } from './load-prefecture.js';
import { projectCount } from './prefecture.js';

const options = { counties: 3, years: 6, seed: 1 };

describe('loadPrefecture', () => {
  it('stores every life once, however often it runs', async () => {
    const store = new MemoryEventStore();
    const seen: number[] = [];
    const first = await loadPrefecture(store, options, (projects) => seen.push(projects));
    expect(first).toMatchObject({ alreadyStored: 0, position: await store.lastPosition() });
    expect(first.events).toBeGreaterThan(1000);
    expect(seen.at(-1)).toBe(first.projects);
    // Second phases come on top of those that enter the pool.
    expect(first.projects).toBeLessThanOrEqual(2 * projectCount(options));

    const second = await loadPrefecture(store, options);
    expect(second).toEqual({ ...first, alreadyStored: first.events });
    expect(await store.lastPosition()).toBe(first.position);
  });

  it('stores the plan documents that the lives name, once too', async () => {
    const store = new MemoryEventStore();
    await loadPrefecture(store, options);
    const documents = await loadPlanDocuments(store, options);
    expect(documents).toBeGreaterThan(0);
    const position = await store.lastPosition();
    expect(await loadPlanDocuments(store, options)).toBe(documents);
    expect(await store.lastPosition()).toBe(position);
  });
});
