import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';

export type Work = (client: PoolClient) => Promise<unknown>;

/** Fills tables out of others of the same generation. */
export interface Derivation {
  /** Their names, and that of any other table that it keeps for itself. */
  readonly fills: readonly string[];
  /** All of it, beginning with emptying what it fills: a process may die behind it. */
  readonly derive: Work;
  /**
   * Does part of it early, for what `apply` has written since the last time: a rebuild calls it now and then while it reads
   * on, and `derive` does the rest.
   */
  readonly along?: Work;
}

/**
 * A read model's writing side. Its tables live in a PostgreSQL schema of their own for each generation; the runner
 * sets `search_path` to that schema before it calls, so the SQL here names bare tables.
 */
export interface Projection {
  /** Stable, in kebab case: names the checkpoint row and the schemas (`investment_ledger_g3`). */
  readonly name: string;
  /** Raised when the tables or their meaning change: the runner then builds a new generation by itself. */
  readonly version: number;
  /** Streams it reads. */
  readonly streamPrefixes: readonly string[];
  /** What a poison event does: `halt` where money is counted, `park` (that stream's events, in order) elsewhere. */
  readonly onPoison: 'halt' | 'park';
  /** DDL of the tables, run once in a new, empty schema. */
  readonly tables: string;
  /**
   * DDL run after the first catch-up of a rebuild: indexes that would slow it down, of tables that `apply` fills. Each
   * says `if not exists`, since a process may die behind them. Derivations run at the same time: an index of a table that
   * one fills would wait for it, and stands in `tables`.
   */
  readonly indexes?: string;
  /**
   * Fill what `apply` leaves out when it is told to, out of what it did write, when a rebuild has caught up for the first
   * time: nobody has read the tables until then, and one pass over all is cheaper than a change with each batch. All run
   * at the same time, each in a transaction of its own.
   */
  readonly derivations?: readonly Derivation[];
  /** Names of the tables that readers see as views of the same name in the schema `read`. */
  readonly views: readonly string[];
  /** Of tables that may say the same in other rows: what a fresh fold has to have in common with them, as a query. */
  readonly compared?: Readonly<Record<string, (table: string) => string>>;
  /**
   * Applies events in feed order with set-based statements (unnest or COPY), in the runner's transaction.
   * @param leaveDerived whether to leave out what derivations will fill; never where there are none
   * @returns how many of the events it counted (those it has a meaning for)
   */
  apply(events: readonly StoredEvent[], client: PoolClient, leaveDerived?: boolean): Promise<number>;
  /** Figures compared between the old and the new generation after a rebuild: name → value. */
  totals(client: PoolClient): Promise<Record<string, string>>;
}
