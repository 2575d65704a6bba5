import { digestOf } from '#libs/kernel/canonical.js';
import type { FindingItem } from './outcome.js';

/**
 * Digest of the facts that a failure rests on: its figures and events. How it reads and from when it counts is no fact,
 * and events that stand for many are told by their sum.
 */
export const basisOf = (items: readonly FindingItem[]): string =>
  digestOf(items.map(({ figures, events }) => ({ figures, events })));
