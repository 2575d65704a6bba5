import { computed, onScopeDispose, shallowReactive, shallowRef, watch } from 'vue';
import { read } from '../../api/client.js';
import { ApiProblem, isAbort } from '../../api/problem.js';
import type { ProjectRow } from './columns.js';
import { stretchesOf, STRETCH, type Sight } from './windows.js';

/** Answers of the API kept for rows passed by: 24 stretches are 6,000 rows. */
const KEPT = 24;

/** The rows of a filter in an order, fetched as they come into sight. */
export function useRows(question: () => Record<string, unknown>, sightFor: (total: number) => Sight) {
  const rows = shallowReactive(new Map<number, readonly ProjectRow[]>());
  const total = shallowRef<number>();
  const sight = computed(() => sightFor(total.value ?? 0));
  const problem = shallowRef<ApiProblem>();
  const asked = new Set<number>();
  let running = new AbortController();

  function clear(): void {
    running.abort();
    running = new AbortController();
    asked.clear();
    problem.value = undefined;
  }

  async function fetchStretch(stretch: number): Promise<void> {
    const { signal } = running;
    asked.add(stretch);
    try {
      const query = { ...question(), offset: stretch * STRETCH, limit: STRETCH };
      const window = await read('/api/v1/projects/window', { query, signal });
      if (signal.aborted) return;
      total.value = window.total;
      rows.delete(stretch);
      rows.set(stretch, window.items);
      for (const old of [...rows.keys()].slice(0, Math.max(0, rows.size - KEPT))) {
        rows.delete(old);
        asked.delete(old);
      }
    } catch (error) {
      if (isAbort(error)) return;
      asked.delete(stretch);
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    }
  }

  function reload(): Promise<unknown> {
    clear();
    const wanted = new Set([0, ...stretchesOf(sight.value, total.value ?? 0)]);
    return Promise.all([...wanted].map(fetchStretch));
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      rows.clear();
      // Rows and count of another question are not shown under this one.
      total.value = undefined;
      void reload();
    },
    { immediate: true },
  );
  watch(sight, (seen) => {
    for (const stretch of stretchesOf(seen, total.value ?? 0))
      if (!asked.has(stretch)) void fetchStretch(stretch);
  });
  onScopeDispose(() => running.abort());

  const rowAt = (n: number): ProjectRow | undefined => rows.get(Math.floor(n / STRETCH))?.[n % STRETCH];
  return { rowAt, total, sight, problem, reload };
}
