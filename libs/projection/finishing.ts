import type { PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import { schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced } from './errors.js';
import type { Derivation, Projection } from './projection.js';

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

/**
 * After the first catch-up of a generation, once: what was left to be derived, its indexes, and figures for the query
 * planner. Derivations read the tables that are being indexed and sampled meanwhile, on another connection. Each of
 * these commits by itself; where the process dies before this transaction does, all is done once more.
 */
export async function finishTables(
  { pool }: RunnerContext,
  projection: Projection,
  checkpoint: Checkpoint,
): Promise<void> {
  const schema = schemaOf(checkpoint.projection, checkpoint.generation);
  const opening = `begin; set local search_path to "${schema}"; ${FOR_WHOLE_TABLES}`;
  await inTransaction(
    pool,
    async (client) => {
      if (await isFinished(client, checkpoint)) return;
      const { filled, empty } = await tablesOf(client, schema);
      const prepare: Derivation = (beside) => beside.query(`${projection.indexes ?? ''}; ${analyze(filled)}`);
      const derivations = awaitsDerived(projection, checkpoint) ? projection.derivations! : [];
      await allOf([prepare, ...derivations].map((work) => inTransaction(pool, work, opening)));
      await client.query(analyze(empty));
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

async function tablesOf(client: PoolClient, schema: string): Promise<Record<'filled' | 'empty', string[]>> {
  const { rows } = await client.query<{ name: string; filled: boolean }>(
    `select quote_ident(relname) as name, pg_relation_size(oid) > 0 as filled from pg_class
     where relnamespace = $1::regnamespace and relkind = 'r'`,
    [schema],
  );
  const namesOf = (wanted: boolean) =>
    rows.filter(({ filled }) => filled === wanted).map(({ name }) => `"${schema}".${name}`);
  return { filled: namesOf(true), empty: namesOf(false) };
}

function analyze(tables: readonly string[]): string {
  return tables.length > 0 ? `analyze ${tables.join(', ')}` : '';
}

/** Waits for all, whatever becomes of the others: a connection is not left amid its work. */
async function allOf(work: readonly Promise<unknown>[]): Promise<void> {
  for (const done of await Promise.allSettled(work)) if (done.status === 'rejected') throw done.reason;
}
