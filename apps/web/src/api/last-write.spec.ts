import { LastWrite } from './last-write.js';

it('remembers a write for a minute', () => {
  let now = 0;
  const memory = new LastWrite(() => now);
  expect(memory.position()).toBeUndefined();
  memory.note('pg.1.7');
  now = 60_000;
  expect(memory.position()).toBe('pg.1.7');
  now = 60_001;
  expect(memory.position()).toBeUndefined();
});
