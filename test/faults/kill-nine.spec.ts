import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { embeddedPostgres, type EmbeddedPostgres } from '#libs/database/embedded/embedded-postgres.js';
import {
  appendOne,
  aRequest,
  eventsIn,
  feedUntil,
  isCaughtUp,
} from '#libs/event-store/conformance/examples.js';
import { OutcomeUnknown, StoreUnavailable } from '#libs/event-store/errors.js';
import type { AppendRequest, AppendResult, EventStore } from '#libs/event-store/port.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';

const ENOUGH = 300;
let folder: string;
let server: EmbeddedPostgres;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taizhang-kill-'));
  server = await embeddedPostgres(folder);
});

afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the store holds, `event id → position`, after checking that the positions have no gaps. */
async function stored(store: EventStore): Promise<Map<string, string>> {
  const events = eventsIn(await feedUntil(store, {}, isCaughtUp));
  expect(events.map(({ position }) => parseInt(position.slice(37), 16))).toEqual(events.map((_, n) => n + 1));
  return new Map(events.map(({ id, position }) => [id, position]));
}

test('the writer is killed amid appends: all it was told is there', async () => {
  const program = new URL('./writer-process.ts', import.meta.url).pathname;
  const writer = spawn(
    process.execPath,
    ['--import', './test/typescript/register.js', program, server.connectionString],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === ENOUGH) writer.kill('SIGKILL');
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);

  const store = await openPostgresEventStore(server.connectionString);
  const there = await stored(store);
  // The last line may be cut; it was not printed whole, so it promised nothing.
  for (const line of acknowledged.filter((text) => /^\S{36} \S{53}$/u.test(text))) {
    const [id = '', position] = line.split(' ');
    expect(there.get(id)).toBe(position);
  }
  await store.close();
});

test('PostgreSQL is killed amid appends: callers who repeat their commands have each stored once', async () => {
  const store = await openPostgresEventStore(server.connectionString);
  const postmaster = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8');
  const answers = new Map<string, AppendResult>();
  let failures = 0;
  const client = async (n: number) => {
    for (let count = 0; count < 40; count++) {
      const request = aRequest(`project-${n}`, 'any');
      answers.set(request.events[0]?.id ?? '', await persistently(store, request, () => (failures += 1)));
      if (answers.size === ENOUGH) process.kill(Number.parseInt(postmaster, 10), 'SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, n) => client(n)));

  expect(failures).toBeGreaterThan(0);
  const there = await stored(store);
  expect(there.size).toBe(answers.size);
  for (const [id, answer] of answers) {
    expect(answer).toMatchObject({ position: there.get(id) });
  }
  await store.close();
});

/** As a caller does: the same command again until it is answered. */
async function persistently(
  store: EventStore,
  request: AppendRequest,
  failed: () => void,
): Promise<AppendResult> {
  for (;;) {
    try {
      return await appendOne(store, request);
    } catch (error) {
      if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
      failed();
    }
  }
}
