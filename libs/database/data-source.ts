import 'reflect-metadata';
import pg from 'pg';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { Evidence1763769601000 } from './migrations/1763769601000-evidence.js';
import { Runtime1763769600000 } from './migrations/1763769600000-runtime.js';
import { Sealed1763769604000 } from './migrations/1763769604000-sealed.js';
import { SumFen1763769606000 } from './migrations/1763769606000-sum-fen.js';

/** Two processes that start at once take turns; the second finds nothing left to do. */
const MIGRATION_LOCK = 7_410_002;

type Entities = MixedList<new () => object> | MixedList<EntitySchema>;

/**
 * Connects to PostgreSQL and brings its schemas `runtime`, `evidence`, `sealed` and `read` up to date.
 *
 * `int8` (bigint) and `numeric` come back as decimal strings, exactly: that is the default of `pg`, and nothing
 * here or in a library may change its global type parsers.
 *
 * @param entities what TypeORM repositories are wanted for; their tables are made elsewhere
 * @throws Error where the database cannot be reached or a migration fails; then nothing of it is kept
 */
export async function openDatabase(connectionString: string, entities: Entities = []): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: connectionString,
    schema: 'runtime',
    entities,
    migrations: [Runtime1763769600000, Evidence1763769601000, Sealed1763769604000, SumFen1763769606000],
    migrationsTableName: 'migration',
    applicationName: 'taizhang',
    poolSize: 10,
    // A lost connection is reported to whoever asks next; without a handler it would end the process.
    poolErrorHandler: () => undefined,
  });
  await migrating(connectionString, async () => {
    await dataSource.initialize();
    await dataSource.runMigrations({ transaction: 'all' });
  }).catch(async (error: unknown) => {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  });
  return dataSource;
}

async function migrating(connectionString: string, work: () => Promise<void>): Promise<void> {
  const turn = new pg.Client({ connectionString });
  turn.on('error', () => undefined);
  await turn.connect();
  try {
    await turn.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await turn.query('create schema if not exists runtime');
    await work();
  } finally {
    await turn.end();
  }
}
