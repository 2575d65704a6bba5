import { aRequest } from '#libs/event-store/conformance/examples.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';

/** Appends with 16 clients until it is killed, and prints `event id, position` only when it was told so. */
const store = await openPostgresEventStore(process.argv[2] ?? '');

async function client(n: number): Promise<never> {
  for (;;) {
    const request = aRequest(`project-${n}`, 'any');
    const [result] = await store.append([request]);
    if (result?.outcome !== 'appended') throw new Error('refused');
    process.stdout.write(`${request.events[0]?.id} ${result.position}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, (_, n) => client(n)));
