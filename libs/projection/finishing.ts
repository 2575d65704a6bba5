import type { PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import { schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced } from './errors.js';
import type { Derivation, Projection, Work } from './projection.js';

/** Whether a generation has yet to be finished and is read by nobody until then: what can be derived may be left out. */
export function awaitsDerived(projection: Projection, { state, indexed }: Checkpoint): boolean {
  return projection.derivations !== undefined && state === 'building' && !indexed;
}

/**
 * For the sorting and hashing of whole tables, once. What is sampled is a third of what PostgreSQL would take: enough to
 * plan by until it samples the tables anew by itself, and a sixth of a small rebuild went into it.
 */
export const FOR_WHOLE_TABLES = `set local work_mem to '128MB'; set local maintenance_work_mem to '128MB';
  set local default_statistics_target to 30`;

/** How a transaction that works on whole tables of a generation begins. */
export function openingForWholeTables(checkpoint: Checkpoint): string {
  return `begin; set local search_path to "${schemaOf(checkpoint.projection, checkpoint.generation)}"; ${FOR_WHOLE_TABLES}`;
}

/**
 * After the first catch-up of a generation, once: what was left to be derived, its indexes, and figures for the query
 * planner. Derivations read the tables that are being indexed and sampled meanwhile, on other connections. Each of
 * these commits by itself; where the process dies before this transaction does, all is done once more.
 * @param along the step of what is derived early that is still at work
 */
export async function finishTables(
  { pool }: RunnerContext,
  projection: Projection,
  checkpoint: Checkpoint,
  along: Promise<void> = Promise.resolve(),
): Promise<void> {
  const opening = openingForWholeTables(checkpoint);
  await inTransaction(
    pool,
    async (client) => {
      if (await isFinished(client, checkpoint)) return;
      const derivations = awaitsDerived(projection, checkpoint) ? projection.derivations! : [];
      const derived = derivations.flatMap(({ fills }) => fills);
      const index: Work = async (beside) => {
        await beside.query(projection.indexes ?? '');
        await analyze(beside, (table) => !derived.includes(table));
      };
      const derive = async (derivation: Derivation): Promise<void> => {
        if (derivation.along) await along;
        await inTransaction(
          pool,
          async (beside) => {
            await derivation.derive(beside);
            await analyze(beside, (table) => derivation.fills.includes(table));
          },
          opening,
        );
      };
      await allOf([inTransaction(pool, index, opening), ...derivations.map(derive)]);
      await client.query(
        'update runtime.projection_checkpoint set indexed = true where projection = $1 and generation = $2',
        [checkpoint.projection, checkpoint.generation],
      );
    },
    opening,
  );
}

/** Holds the checkpoint, and with it any other worker, until the end of the transaction. @throws Fenced */
async function isFinished(
  client: PoolClient,
  { projection, generation, epoch }: Checkpoint,
): Promise<boolean> {
  const mine = await client.query<{ indexed: boolean }>(
    `select indexed from runtime.projection_checkpoint
     where projection = $1 and generation = $2 and epoch = $3 for update`,
    [projection, generation, epoch],
  );
  if (!mine.rows[0]) throw new Fenced(projection, generation);
  return mine.rows[0].indexed;
}

async function analyze(client: PoolClient, wanted: (table: string) => boolean): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    'select tablename as table from pg_tables where schemaname = current_schema()',
  );
  const tables = rows.filter(({ table }) => wanted(table)).map(({ table }) => `"${table}"`);
  if (tables.length > 0) await client.query(`analyze ${tables.join(', ')}`);
}

/** Waits for all, whatever becomes of the others: a connection is not left amid its work. */
async function allOf(work: readonly Promise<unknown>[]): Promise<void> {
  for (const done of await Promise.allSettled(work)) if (done.status === 'rejected') throw done.reason;
}
