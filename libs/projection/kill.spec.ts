import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { newId } from '#libs/kernel/ids.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { CHANNEL } from './signals.js';
import { deposits, logNamed } from './testing/accounts.js';
import { figuresOf, PATIENCE, Stage } from './testing/stage.js';
import { toyProjection } from './testing/toy-projection.js';

const EVENTS = 20_000;
const KILLS = 3;
const BATCHES_BEFORE_KILL = 20;

it('a process killed with kill -9 several times leaves no event out and none twice', async () => {
  const stage = await Stage.open();
  const storeId = newId();
  const listener = new pg.Client({ connectionString: stage.connectionString });
  await listener.connect();
  await listener.query(`listen ${CHANNEL}`);
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startProcess(stage.connectionString, storeId);
      await batchesSeen(listener, child, BATCHES_BEFORE_KILL);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const [killed] = await stage.rows<{ delivered: number }>(
      'select delivered::int as delivered from runtime.projection_checkpoint',
    );
    expect(killed!.delivered).toBeGreaterThanOrEqual(KILLS * BATCHES_BEFORE_KILL * 20);
    expect(killed!.delivered).toBeLessThan(EVENTS);

    const store = new MemoryEventStore(logNamed(storeId));
    await store.append(deposits(0, EVENTS));
    const runner = await stage.started(toyProjection(), { store });
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(EVENTS));
    expect(await runner.audit('toy-ledger')).toMatchObject({ missing: 0, inStore: EVENTS });
  } finally {
    await listener.end();
    await stage.close();
  }
});

function startProcess(connectionString: string, storeId: string): ChildProcess {
  const program = ['--import', './test/typescript/register.js', 'libs/projection/testing/runner-process.ts'];
  return spawn(process.execPath, [...program, connectionString, storeId, String(EVENTS)], {
    stdio: 'inherit',
  });
}

/** Resolves after so many batches of the child; rejects if it ends by itself. */
async function batchesSeen(listener: pg.Client, child: ChildProcess, wanted: number): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    const ended = (): void => reject(new Error('the process ended by itself'));
    child.once('exit', ended);
    const onBatch = ({ payload = '' }: pg.Notification): void => {
      if (!payload.includes('progress') || ++seen < wanted) return;
      child.off('exit', ended);
      listener.off('notification', onBatch);
      resolve();
    };
    listener.on('notification', onBatch);
  });
}
