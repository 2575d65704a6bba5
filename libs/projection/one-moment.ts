import type { StoredEvent } from '#libs/event-store/port.js';

/**
 * Whether two events, one right behind the other, were recorded of one stream at one time: a projection that looks at what
 * was known then has to see them together, so no batch ends between them.
 */
export function isOneMoment(
  { stream, metadata }: Pick<StoredEvent, 'stream' | 'metadata'>,
  next: Pick<StoredEvent, 'stream' | 'metadata'>,
): boolean {
  const { recordedAt } = metadata;
  return stream === next.stream && recordedAt !== undefined && recordedAt === next.metadata['recordedAt'];
}
