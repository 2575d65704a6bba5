import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiProblem } from './problem.js';

/** A form on its way: one at a time, and what the server said where it refused. */
export interface Sending {
  sending: Ref<boolean>;
  problem: ShallowRef<ApiProblem | undefined>;
  /** The answer; undefined where it was refused, or where one is under way already. */
  send: <T>(act: () => Promise<T>) => Promise<T | undefined>;
}

export function useSending(): Sending {
  const sending = ref(false);
  const problem = shallowRef<ApiProblem>();
  async function send<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (sending.value) return undefined;
    sending.value = true;
    try {
      const answer = await act();
      problem.value = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      return undefined;
    } finally {
      sending.value = false;
    }
  }
  return { sending, problem, send };
}
