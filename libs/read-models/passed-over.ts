import type { StoredEvent } from '#libs/event-store/port.js';
import { PROJECT_EVENT_SCHEMAS } from '#libs/projects/domain/events.js';

/**
 * Which events of projects a projection passes over unread: those of known types that say nothing to it. A reversal may
 * take back what does. An unknown type may say something too: it is read, and so halts the projection.
 */
export function passedOver(saying: Iterable<string>): (stored: Pick<StoredEvent, 'type'>) => boolean {
  const read = new Set(saying).add('EntryReversed');
  const unread = new Set(Object.keys(PROJECT_EVENT_SCHEMAS).filter((type) => !read.has(type)));
  return ({ type }) => unread.has(type);
}
