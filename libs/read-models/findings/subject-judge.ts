import type { ClientBase } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { Supply } from '#libs/findings/domain/supply.js';
import type { FindingBook, Moment } from './finding-book.js';
import type { RuleBook } from './rule-book.js';

/** Events that came together, in the order of the feed. */
export interface Batch {
  events: readonly StoredEvent[];
  /** Those of projects that rules look at, decoded. */
  facts: readonly RecordedProjectEvent[];
}

/** What a project adds to the beds and places of its divisions became another. */
export interface SupplyChange extends Moment {
  before: Supply;
  after: Supply;
}

/** What a judge works with. */
export interface Bench {
  client: ClientBase;
  book: FindingBook;
  /** The rule sets in force as of these events. */
  rules: RuleBook;
  /** What the judge of projects saw of this batch, in the order recorded, for the judges behind it. */
  supply: SupplyChange[];
}

/**
 * Judges subjects of one kind. It is handed every batch, and tells the book after each moment what is then said of
 * whom: so the history of findings does not depend on how the batches fell. Tables that it needs to know what was
 * recorded before are its own (in `tables.sql`).
 */
export interface SubjectJudge {
  /** Streams that it needs besides those of projects. */
  streamPrefixes: readonly string[];
  /** Returns how many events it looked at, project facts not among them. */
  judge(batch: Batch, bench: Bench): Promise<number>;
  /** A rule set was adopted for the region: what stands in it is judged again, by the rules as they are now. */
  judgeAgain(region: RegionCode, moment: Moment, bench: Bench): Promise<void>;
}
