import { types } from 'node:util';
import pg from 'pg';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';

/** How the adapter speaks to its database. All times in milliseconds. */
export interface PostgresOptions {
  /** How often a waiting feed looks by itself, where a notification was lost. Default 500. */
  readonly pollInterval?: number;
  /** How long a statement may take before it counts as lost. Default 30,000. */
  readonly statementTimeout?: number;
  /** Connections for reading. Default 4. */
  readonly readers?: number;
}

const CONNECT_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 30_000;
/** The client waits a little longer than the server, whose answer says more. */
const GRACE = 2_000;

/**
 * Every statement here goes by an index, so plans are made once and for any sizes; a plan made while the tables
 * were still empty would otherwise scan them for as long as the connection lives.
 */
const SESSION = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan';

export function clientConfig(connectionString: string, options: PostgresOptions): pg.ClientConfig {
  const timeout = options.statementTimeout ?? STATEMENT_TIMEOUT;
  return {
    connectionString,
    options: SESSION,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: timeout,
    query_timeout: timeout + GRACE,
    idle_in_transaction_session_timeout: timeout,
    keepAlive: true,
  };
}

/** Values as PostgreSQL spells them; rows are turned into events here, whatever parsers the program has set. */
export const AS_TEXT = { getTypeParser: () => (value: unknown) => value };

/** Connections, resources, operator, transaction state (a standby, a timeout), lock not available. */
const UNAVAILABLE_STATES = /^(?:08|53|57|58|25)|^55P03$/u;

/** Whether an error says that the database is gone or overcharged, and not that a statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return UNAVAILABLE_STATES.test(error.code ?? '');
  // Errors of sockets and of `pg` have no class of their own; a mistake in a program has.
  return types.isNativeError(error) && (error.name === 'Error' || error.name === 'AggregateError');
}

/** The error as the port names it: StoreUnavailable where the database is, anything else as it came. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) return error;
  if (!isUnavailable(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreUnavailable(`PostgreSQL: ${message}`, { cause: error });
}
