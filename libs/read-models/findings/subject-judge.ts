import type { ClientBase } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { Cohorts } from '#libs/findings/domain/cohorts.js';
import type { RuleHead } from '#libs/findings/domain/rule.js';
import type { Supply } from '#libs/findings/domain/supply.js';
import type { Reader } from '../one-state.js';
import type { FindingBook, Moment, Sayings } from './finding-book.js';
import type { Asked, JudgedProject } from './judging.js';
import type { Happened } from './moments.js';
import type { RuleBook } from './rule-book.js';

/** Events that came together, in the order of the feed. */
export interface Batch {
  events: readonly StoredEvent[];
  /** Those of projects that rules look at, decoded. */
  facts: readonly RecordedProjectEvent[];
}

/** What a project adds to the beds and places of its divisions became another. */
export interface SupplyChange extends Happened {
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

/** What a judge works with when it is asked of a day: the same rules, and what was known and effective then. */
export interface BenchOfADay {
  reader: Reader;
  book: Sayings;
  /** The rule sets known then. */
  rules: RuleBook;
  asked: Asked;
  /** Whether a rule is asked for. */
  wants: (rule: RuleHead) => boolean;
  /** The projects asked about, folded from what was known and effective; read once for all judges. */
  projects: () => Promise<readonly JudgedProject[]>;
  /** How costs lay then where these projects stand. */
  cohorts: () => Promise<Cohorts>;
}

/**
 * Judges subjects of one kind. It is handed every batch, and tells the book after each moment what is then said of
 * whom: so the history of findings does not depend on how the batches fell. Tables that it needs to know what was
 * recorded before are its own (in `tables.sql`).
 */
export interface SubjectJudge {
  /** The rules it judges by. */
  rules: readonly RuleHead[];
  /** Streams that it needs besides those of projects. */
  streamPrefixes: readonly string[];
  judge(batch: Batch, bench: Bench): Promise<void>;
  /** A rule set was adopted for the region: what stands in it is judged again, by the rules as they are now. */
  judgeAgain(region: RegionCode, moment: Moment, bench: Bench): Promise<void>;
  /**
   * Says what the rules say of the subjects asked about, from what was known and effective then alone. The moment of
   * what it says is when the last of the facts became known.
   */
  judgeOfADay(bench: BenchOfADay): Promise<void>;
}
