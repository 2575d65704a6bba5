import { openDatabase } from '#libs/database/data-source.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { SNAPSHOT_PROJECTIONS } from '#libs/evaluation/snapshot/snapshot.js';
import { newId } from '#libs/kernel/ids.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { PROJECTIONS, READ_MODEL_ENTITIES } from '#libs/read-models/read-models.js';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { projectCount } from '#libs/sample/prefecture.js';
import type { BenchRow } from './append.js';

/** What the whole bench is to hold: `npm run bench -- evaluation 100000` holds less. */
const EVENTS = 1_000_000;
/** All the counties that the made-up prefecture has codes for. */
const COUNTIES = 99;
const YEARS = 5;
/** Events in the life of a project, on average: only to know how many projects to make. */
const EVENTS_A_PROJECT = 36;
const SECONDS_ALLOWED = 60;
const EVALUATOR = { user: '示例', unit: '示例', role: 'Evaluator', region: '990100' };
const MIB = 2 ** 20;

/** Sealing the evaluation of a large prefecture, with what memory it takes. Loading and projecting are not counted. */
export async function benchEvaluation(
  connectionString: string,
  wanted = Number(process.argv[3] ?? EVENTS),
): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString, READ_MODEL_ENTITIES);
  const store = await openPostgresEventStore(connectionString);
  const projections = PROJECTIONS.filter(({ name }) => SNAPSHOT_PROJECTIONS.includes(name));
  const runner = new ProjectionRunner({ connectionString, store, projections });
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

  const anchorer = { assertReady: () => Promise.resolve(), anchor: () => Promise.resolve({} as never) };
  const evaluator = new Evaluator({ store, database, runner, texts: new SealedTexts(database), anchorer });
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const start = performance.now();
  const { sealed } = await evaluator.seal(
    { region: '990100', year: 2025, actor: EVALUATOR, commandId: newId() },
    ({ label, no, of, entries }) => {
      if (entries % 10_000 === 0) return;
      process.stderr.write(`  ${seconds(start)} s: ${no}/${of} ${label} ${entries}\n`);
    },
  );
  clearInterval(watch);
  const took = (performance.now() - start) / 1000;
  await runner.stop();
  await store.close();
  await database.destroy();
  const bytes = sealed.sections.reduce((sum, section) => sum + section.bytes, 0);
  const entries = sealed.sections.reduce((sum, section) => sum + section.entries, 0);
  const what = `evaluation of ${COUNTIES} counties × ${YEARS} years sealed, ${events} events`;
  return [
    {
      name: `${what}: ${took.toFixed(1)} s`,
      perSecond: events / took,
      ratioTo: { name: `${SECONDS_ALLOWED} s allowed`, ratio: took / SECONDS_ALLOWED },
    },
    { name: `  entries of the snapshot (${entries}, ${mib(bytes)} MiB of text)`, perSecond: entries / took },
    {
      name: `  memory of the process at most ${mib(peak)} MiB, before it ${mib(before)} MiB`,
      perSecond: 0,
      ratioTo: { name: 'before it', ratio: peak / before },
    },
  ];
}

const mib = (bytes: number): string => (bytes / MIB).toFixed(0);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
