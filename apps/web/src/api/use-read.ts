import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { ApiProblem, isAbort } from './problem.js';

/**
 * A question's answer as it comes: the former answer stays on the screen while the next is under way, and is dropped where
 * that fails, since it would stand under a region or a day that it is not of.
 */
export interface Read<T> {
  data: ShallowRef<T | undefined>;
  problem: ShallowRef<ApiProblem | undefined>;
  loading: ShallowRef<boolean>;
  /** Asks again, after a write or for “retry”. */
  reload: () => Promise<void>;
}

/**
 * Asks whenever `source` changes and once at the start; a newer question aborts the older. Where `source` gives
 * undefined nothing is asked.
 */
export function useRead<S, T>(
  source: () => S | undefined,
  ask: (source: S, signal: AbortSignal) => Promise<T>,
): Read<T> {
  const data = shallowRef<T>();
  const problem = shallowRef<ApiProblem>();
  const loading = shallowRef(false);
  let running: AbortController | undefined;
  let answered: string | undefined;

  async function reload(): Promise<void> {
    running?.abort();
    const asked = source();
    if (asked === undefined) return;
    const question = JSON.stringify(asked);
    const own = (running = new AbortController());
    loading.value = true;
    try {
      const answer = await ask(asked, own.signal);
      if (running !== own) return;
      data.value = answer;
      answered = question;
      problem.value = undefined;
    } catch (error) {
      if (isAbort(error) || running !== own) return;
      if (!(error instanceof ApiProblem)) throw error;
      if (answered !== question) data.value = undefined;
      problem.value = error;
    } finally {
      if (running === own) loading.value = false;
    }
  }

  watch(() => JSON.stringify(source()), reload, { immediate: true });
  onScopeDispose(() => running?.abort());
  return { data, problem, loading, reload };
}
