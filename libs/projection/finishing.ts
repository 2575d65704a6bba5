import { inTransaction } from '#libs/database/transaction.js';
import { schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced } from './errors.js';
import type { Projection } from './projection.js';

/** After the first catch-up of a generation, once: its indexes, and figures for the query planner. */
export async function finishTables(
  { pool }: RunnerContext,
  { indexes }: Projection,
  { projection, generation, epoch }: Checkpoint,
): Promise<void> {
  const schema = schemaOf(projection, generation);
  await inTransaction(pool, async (client) => {
    const mine = await client.query<{ indexed: boolean }>(
      `select indexed from runtime.projection_checkpoint
       where projection = $1 and generation = $2 and epoch = $3 for update`,
      [projection, generation, epoch],
    );
    if (!mine.rows[0]) throw new Fenced(projection, generation);
    if (mine.rows[0].indexed) return;
    await client.query(`set local search_path to "${schema}"; ${indexes ?? ''}`);
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
