import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { openDatabase } from '#libs/database/data-source.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { READ_MODEL_ENTITIES } from '#libs/read-models/read-models.js';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { projectCount } from '#libs/sample/prefecture.js';
import type { BenchRow } from './bench-row.js';
import type { SealedOnce } from './seal-once.js';
import { snapshotProjections } from './snapshot-projections.js';

/** What the whole bench is to hold: `npm run bench -- evaluation 100000` holds less. */
const EVENTS = 1_000_000;
/** All the counties that the made-up prefecture has codes for. */
const COUNTIES = 99;
const YEARS = 5;
/** Events in the life of a project, on average: only to know how many projects to make. */
const EVENTS_A_PROJECT = 36;
const SECONDS_ALLOWED = 60;
const HEAP_ALLOWED_MIB = 256;
const YEAR = 2025;
const MIB = 2 ** 20;

/** Sealing the evaluation of a large prefecture, with what memory it takes. Loading and projecting are not counted. */
export async function benchEvaluation(
  connectionString: string,
  wanted = Number(process.argv[3] ?? EVENTS),
): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString, READ_MODEL_ENTITIES);
  const store = await openPostgresEventStore(connectionString);
  const runner = new ProjectionRunner({ connectionString, store, projections: snapshotProjections() });
  const projectsPerCountyYear = Math.ceil(wanted / (COUNTIES * YEARS * EVENTS_A_PROJECT));
  const options = { counties: COUNTIES, years: YEARS, seed: 1, projectsPerCountyYear };
  let told = 0;
  const { events } = await loadPrefecture(store, options, (projects) => {
    if (projects - told < projectCount(options) / 10) return;
    told = projects;
    process.stderr.write(`  ${projects} projects loaded\n`);
  });
  const projecting = performance.now();
  await runner.start();
  if (!(await runner.caughtUp({ timeoutMs: 1_200_000 }))) throw new Error('the projections stopped');
  process.stderr.write(`  ${events} events projected in ${seconds(projecting)} s\n`);
  await database.query('vacuum analyze');

  await runner.stop();
  await store.close();
  await database.destroy();
  const { seconds: took, peak, before, entries, bytes } = await sealOnce(connectionString);
  const what = `evaluation of ${COUNTIES} counties × ${YEARS} years sealed, ${events} events`;
  return [
    {
      name: `${what}: ${took.toFixed(1)} s`,
      perSecond: events / took,
      ratioTo: { name: `${SECONDS_ALLOWED} s allowed`, ratio: took / SECONDS_ALLOWED },
    },
    { name: `  entries of the snapshot (${entries}, ${mib(bytes)} MiB of text)`, perSecond: entries / took },
    {
      name: `  memory of the sealing process at most ${mib(peak)} MiB (heap held to ${HEAP_ALLOWED_MIB}), before it sealed ${mib(before)} MiB`,
      perSecond: 0,
      ratioTo: { name: 'before it', ratio: peak / before },
    },
  ];
}

/** In a process whose heap may not grow with the prefecture: it ends with an error where it would. */
async function sealOnce(connectionString: string): Promise<SealedOnce> {
  const script = new URL('./seal-once.ts', import.meta.url).pathname;
  const limit = `--max-old-space-size=${HEAP_ALLOWED_MIB}`;
  const words = [limit, '--import', './test/typescript/register.js', script, connectionString, String(YEAR)];
  const running = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([
    text(running.stdout),
    once(running, 'close') as Promise<[number]>,
  ]);
  if (code !== 0) throw new Error(`sealing ended with ${code}`);
  return JSON.parse(said) as SealedOnce;
}

const mib = (bytes: number): string => (bytes / MIB).toFixed(0);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
