import type { DataSource, QueryRunner } from 'typeorm';
import type { EventStore, Position } from '#libs/event-store/port.js';
import type { ProjectionRunner } from '#libs/projection/runner.js';
import { refuse } from '../domain/refusal-codes.js';

/** How often it is tried anew when somebody wrote in between. */
const TRIES = 50;
const CATCH_UP_PATIENCE_MS = 600_000;
const ROWS_AT_ONCE = 1_000;

/** The read models as they are at one position of the store, for the time of one transaction. */
export class Moment {
  private cursors = 0;

  constructor(
    readonly position: Position,
    readonly storeId: string,
    private readonly runner: QueryRunner,
  ) {}

  /** As `DataSource.query`, so that whatever asks one may ask the other. */
  query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    return this.runner.manager.query<T>(sql, parameters);
  }

  /** The rows of a long answer, some at a time. */
  async *rows<T>(sql: string, parameters: unknown[] = []): AsyncGenerator<T> {
    const cursor = `cursor_${(this.cursors += 1)}`;
    await this.query(`declare ${cursor} no scroll cursor for ${sql}`, parameters);
    for (;;) {
      const rows = await this.query<T[]>(`fetch ${ROWS_AT_ONCE} from ${cursor}`);
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) break;
    }
    await this.query(`close ${cursor}`);
  }
}

export interface MomentParts {
  store: EventStore;
  database: DataSource;
  runner: Pick<ProjectionRunner, 'waitFor' | 'standings'>;
}

/**
 * Lets `work` read the named projections in one repeatable-read transaction in which all of them stand at exactly one
 * position of the store.
 *
 * They do where their checkpoints are equal. Where they are not (each commits by itself), they do all the same if each
 * has come as far as the last event was before the transaction looked, and the store has no later one after it looked.
 * Else somebody wrote in between, and it is tried again.
 *
 * @throws Refusal `evaluation.nothingRecorded`, `evaluation.incomplete`, `evaluation.storeTooBusy`
 */
export async function atOnePosition<T>(
  parts: MomentParts,
  names: readonly string[],
  work: (moment: Moment) => Promise<T>,
): Promise<T> {
  const storeId = await parts.store.storeId();
  await assertComplete(parts, names);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const last = await parts.store.lastPosition();
    if (last === undefined) return refuse('evaluation.nothingRecorded', '事件库中还没有任何事件');
    if (!(await parts.runner.waitFor(last, { timeoutMs: CATCH_UP_PATIENCE_MS, names }))) {
      refuse('evaluation.incomplete', `读模型未能跟上事件库（${names.join('、')}），请查看其状态`, { names });
    }
    const runner = parts.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('set transaction read only; set local cursor_tuple_fraction to 1');
      const position = await positionOf(parts, runner, names, last);
      if (position !== undefined) return await work(new Moment(position, storeId, runner));
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }
  return refuse('evaluation.storeTooBusy', '事件库一直有新的写入，未能取得同一位置的数据，请稍后再试');
}

/** The position at which all of them stand in this transaction; undefined where it is not one. */
async function positionOf(
  { store }: MomentParts,
  runner: QueryRunner,
  names: readonly string[],
  last: Position,
): Promise<Position | undefined> {
  const rows = await runner.manager.query<{ position: Position | null }[]>(
    `select distinct position from runtime.projection_checkpoint where state = 'live' and projection = any($1)`,
    [[...names]],
  );
  const positions = rows.map(({ position }) => position);
  if (positions.length === 1) return positions[0] ?? undefined;
  if (positions.some((position) => position === null || position < last)) return undefined;
  return (await store.lastPosition()) === last ? last : undefined;
}

/** A snapshot of tables that lack events would be sealed for ever. */
async function assertComplete({ runner }: MomentParts, names: readonly string[]): Promise<void> {
  const lacking = (await runner.standings()).filter(
    ({ name, incomplete, state }) => names.includes(name) && (incomplete || state === 'halted'),
  );
  if (lacking.length === 0) return;
  const listed = lacking.map(({ name }) => name);
  refuse('evaluation.incomplete', `有事件被搁置，数据不完整：${listed.join('、')}`, { projections: listed });
}
