import pg from 'pg';
import { makePosition } from '#libs/event-store/port.js';
import { newId } from '#libs/kernel/ids.js';
import { Progress } from './progress.js';
import { CHANNEL, payloadOf, Signals, type Signal } from './signals.js';
import { Gate } from './testing/gate.js';
import { PATIENCE, Stage } from './testing/stage.js';

/** Answers late: what it read may have changed by then. */
class LatePool extends pg.Pool {
  gate: Gate | undefined;

  override query = (async (text: string) => {
    const client = await this.connect();
    const rows = await client.query(text).finally(() => client.release());
    await this.gate?.pass();
    return rows;
  }) as unknown as pg.Pool['query'];
}

const STORE = newId();
const at = (n: number) => makePosition(STORE, n.toString(16).padStart(16, '0'));

describe('how far projections are', () => {
  let stage: Stage;
  let pool: LatePool;
  let signals: Signals;
  beforeEach(async () => {
    stage = await Stage.open();
    pool = new LatePool({ connectionString: stage.connectionString });
    signals = new Signals(stage.connectionString);
  });
  afterEach(async () => {
    await signals.close();
    await pool.end();
    await stage.close();
  });

  const tell = (signal: Signal) => stage.pool.query('select pg_notify($1, $2)', [CHANNEL, payloadOf(signal)]);
  const heard = (kind: Signal['kind']) =>
    new Promise<void>((resolve) => {
      const stop = signals.on((signal) => {
        if (signal.kind !== kind) return;
        stop();
        resolve();
      });
    });

  it('is what was heard last, though it was looked up before and told after', async () => {
    await stage.pool.query(
      `insert into runtime.projection_checkpoint (projection, generation, version, state, store_id, position)
       values ('toy', 1, 1, 'live', $1, $2)`,
      [STORE, at(1)],
    );
    const progress = new Progress(pool, signals);
    expect(await progress.waitFor(['toy'], at(1), PATIENCE.timeoutMs)).toBe(true);
    const gate = (pool.gate = new Gate());
    await tell({ kind: 'halted', name: 'another' });
    await gate.reached;
    const news = heard('progress');
    await tell({ kind: 'progress', name: 'toy', position: at(2) });
    await news;
    gate.open();
    expect(await progress.waitFor(['toy'], at(2), PATIENCE.timeoutMs)).toBe(true);
  });
});
