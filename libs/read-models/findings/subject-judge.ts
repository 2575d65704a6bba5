import type { ClientBase } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { FindingBook } from './finding-book.js';

/** Events that came together, in the order of the feed. */
export interface Batch {
  events: readonly StoredEvent[];
  /** Those of projects that rules look at, decoded. */
  facts: readonly RecordedProjectEvent[];
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
  judge(batch: Batch, client: ClientBase, book: FindingBook): Promise<number>;
}
