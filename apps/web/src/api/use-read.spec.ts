import { effectScope, nextTick, ref } from 'vue';
import { ApiProblem } from './problem.js';
import { useRead } from './use-read.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('useRead', () => {
  const scope = effectScope();
  afterAll(() => scope.stop());

  it('shows the answer to the last question, whichever comes first', async () => {
    const question = ref<string>();
    const answers = new Map<string, (answer: string) => void>();
    const signals = new Map<string, AbortSignal>();
    const { data, loading } = scope.run(() =>
      useRead(
        () => question.value,
        (asked, signal) => {
          signals.set(asked, signal);
          return new Promise<string>((resolve) => answers.set(asked, resolve));
        },
      ),
    )!;
    await nextTick();
    expect(answers.size).toBe(0);
    question.value = 'one';
    await nextTick();
    question.value = 'two';
    await nextTick();
    expect(signals.get('one')!.aborted).toBe(true);
    answers.get('two')!('second');
    answers.get('one')!('first');
    await settled();
    expect(data.value).toBe('second');
    expect(loading.value).toBe(false);
  });

  it('keeps the answer when asking again fails, and says why', async () => {
    let fails = false;
    const { data, problem, reload } = scope.run(() =>
      useRead(
        () => 'all',
        async () => {
          if (fails) throw new ApiProblem('network.down', '连接不上服务器');
          return 22;
        },
      ),
    )!;
    await settled();
    fails = true;
    await reload();
    expect(data.value).toBe(22);
    expect(problem.value?.code).toBe('network.down');
    fails = false;
    await reload();
    expect(problem.value).toBeUndefined();
  });

  it('shows no answer to a former question where the new one fails', async () => {
    const day = ref('now');
    const { data, problem } = scope.run(() =>
      useRead(
        () => day.value,
        async (asked) => {
          if (asked !== 'now') throw new ApiProblem('network.down', '连接不上服务器');
          return 22;
        },
      ),
    )!;
    await settled();
    day.value = '2026-06-30';
    await settled();
    expect(data.value).toBeUndefined();
    expect(problem.value?.code).toBe('network.down');
    day.value = 'now';
    await settled();
    expect(data.value).toBe(22);
  });
});
