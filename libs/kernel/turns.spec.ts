import { inTurns } from './turns.js';

function* busySteps(count: number, stepMs: number): Generator<void, string> {
  for (let n = 0; n < count; n++) {
    for (const end = performance.now() + stepMs; performance.now() < end;);
    yield;
  }
  return 'done';
}

test('other work has its turn while long work is under way, and the result comes back', async () => {
  const seen: string[] = [];
  const timer = setInterval(() => seen.push('other'), 1);
  try {
    seen.push(await inTurns(busySteps(20, 10)));
  } finally {
    clearInterval(timer);
  }
  expect(seen.at(-1)).toBe('done');
  expect(seen.length).toBeGreaterThan(2);
});

test('what a step throws is thrown', async () => {
  function* failing(): Generator<void, never> {
    yield;
    throw new Error('a step');
  }
  await expect(inTurns(failing())).rejects.toThrow('a step');
});
