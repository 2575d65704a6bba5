import type { Json } from '#libs/kernel/json.js';

/**
 * One line of a section. `key` tells it from all others of its section in every snapshot, so that two snapshots are
 * compared by walking both in the order of their keys. Amounts are decimal strings of fen under names in `…Fen`; what
 * is not known is null.
 */
export interface Entry {
  key: string;
  /** Chinese, for people. */
  label: string;
  figures: Readonly<Record<string, Json>>;
}

/** What plain ASCII keys are sorted by, here as in PostgreSQL (`collate "C"`). */
export const byKey = (a: Pick<Entry, 'key'>, b: Pick<Entry, 'key'>): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
