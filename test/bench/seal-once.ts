/**
 * Seals one evaluation in a process of its own, so that its peak memory is that of sealing: the bench itself has loaded
 * and projected a million events before. Prints one line of JSON.
 */
import { openDatabase } from '#libs/database/data-source.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { SECTIONS } from '#libs/evaluation/snapshot/snapshot.js';
import { newId } from '#libs/kernel/ids.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { READ_MODEL_ENTITIES } from '#libs/read-models/read-models.js';
import { processTerminal } from '../../apps/cli/terminal.js';
import { startProgress } from '../../apps/cli/progress.js';
import { snapshotProjections } from './snapshot-projections.js';

export interface SealedOnce {
  seconds: number;
  /** Most memory the process ever held, and what it held before it began to seal; bytes. */
  peak: number;
  before: number;
  entries: number;
  /** Of the snapshot's text. */
  bytes: number;
}

const EVALUATOR = { user: '示例', unit: '示例', role: 'Evaluator', region: '990100' };
const [connectionString = '', year = ''] = process.argv.slice(2);

const database = await openDatabase(connectionString, READ_MODEL_ENTITIES);
const store = await openPostgresEventStore(connectionString);
const runner = new ProjectionRunner({ connectionString, store, projections: snapshotProjections() });
await runner.start();
// The bench asks for sealing alone; anchors have a bench and specifications of their own.
const anchorer = { assertReady: () => Promise.resolve(), anchor: () => Promise.resolve({} as never) };
const evaluator = new Evaluator({ store, database, runner, texts: new SealedTexts(database), anchorer });
const terminal = processTerminal();
const progress = startProgress(terminal, '评估', SECTIONS.length);
let ended = 0;
const before = process.memoryUsage().rss;
const start = performance.now();
const seconds = (): number => (performance.now() - start) / 1000;
const { sealed } = await evaluator.seal(
  { region: '990100', year: Number(year), actor: EVALUATOR, commandId: newId() },
  ({ label, no, of, entries }) => {
    progress.update(no, of, `${label} ${entries}`);
    if (!terminal.progress && no > ended) terminal.err(`  ${seconds().toFixed(1)} s: ${label} ${entries}\n`);
    ended = no;
  },
);
progress.stop();
const told: SealedOnce = {
  seconds: seconds(),
  peak: process.resourceUsage().maxRSS * 1024,
  before,
  entries: sealed.sections.reduce((sum, section) => sum + section.entries, 0),
  bytes: sealed.sections.reduce((sum, section) => sum + section.bytes, 0),
};
await runner.stop();
await store.close();
await database.destroy();
process.stdout.write(`${JSON.stringify(told)}\n`);
