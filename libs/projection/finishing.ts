import { inTransaction } from '#libs/database/transaction.js';
import { schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced } from './errors.js';
import type { Projection } from './projection.js';

/** Whether a generation has yet to be finished and is read by nobody until then: what can be derived may be left out. */
export function awaitsDerived({ derived }: Projection, { state, indexed }: Checkpoint): boolean {
  return derived !== undefined && state === 'building' && !indexed;
}

/** For the sorting and hashing of whole tables, once. */
const MEMORY = "set local work_mem to '128MB'; set local maintenance_work_mem to '128MB'";

/**
 * After the first catch-up of a generation, once: what was left to be derived, its indexes, and figures for the query
 * planner.
 */
export async function finishTables(
  { pool }: RunnerContext,
  tables: Projection,
  checkpoint: Checkpoint,
): Promise<void> {
  const { projection, generation, epoch } = checkpoint;
  const schema = schemaOf(projection, generation);
  await inTransaction(pool, async (client) => {
    const mine = await client.query<{ indexed: boolean }>(
      `select indexed from runtime.projection_checkpoint
       where projection = $1 and generation = $2 and epoch = $3 for update`,
      [projection, generation, epoch],
    );
    if (!mine.rows[0]) throw new Fenced(projection, generation);
    if (mine.rows[0].indexed) return;
    // Derived before there are indexes: one over all rows would tempt the planner to read the table in its order.
    const derived = awaitsDerived(tables, checkpoint) ? tables.derived : '';
    await client.query(
      `set local search_path to "${schema}"; ${MEMORY}; ${derived}; ${tables.indexes ?? ''}`,
    );
    await client.query(
      'update runtime.projection_checkpoint set indexed = true where projection = $1 and generation = $2',
      [projection, generation],
    );
  });
  const { rows } = await pool.query<{ tables: string | null }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = $1`,
    [schema],
  );
  if (rows[0]?.tables) await pool.query(`analyze ${rows[0].tables}`);
}
