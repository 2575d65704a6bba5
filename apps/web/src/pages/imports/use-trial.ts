import { onBeforeUnmount, ref, shallowRef } from 'vue';
import { ApiProblem, isAbort } from '../../api/problem.js';

/** A file that is tried, then recorded: a newer attempt takes the place of one under way, and so does leaving the page. */
export function useTrial() {
  const problem = shallowRef<ApiProblem>();
  const step = ref<'trying' | 'recording' | undefined>();
  let running: AbortController | undefined;

  /** The answer; undefined where it was refused, which `problem` tells, or given up. */
  async function attempt<T>(
    dryRun: boolean,
    send: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    running?.abort();
    const own = (running = new AbortController());
    step.value = dryRun ? 'trying' : 'recording';
    problem.value = undefined;
    try {
      return await send(own.signal);
    } catch (error) {
      if (isAbort(error)) return undefined;
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      return undefined;
    } finally {
      if (running === own) step.value = undefined;
    }
  }
  function refuseSeveral(count: number): void {
    problem.value = new ApiProblem('import.tooManyFiles', `一次导入一个文件，刚才拖入了 ${count} 个`);
  }

  onBeforeUnmount(() => running?.abort());
  return { problem, step, attempt, refuseSeveral };
}
