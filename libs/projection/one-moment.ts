import type { StoredEvent } from '#libs/event-store/port.js';

/**
 * Whether two events, one right behind the other, are of one command, which was stored at once: a projection that looks
 * at what was known has to see them together, so no batch ends between them. Those of two commands may share their time
 * and come apart: the feed may have been at its end between them.
 */
export function isOneMoment(
  { stream, metadata }: Pick<StoredEvent, 'stream' | 'metadata'>,
  next: Pick<StoredEvent, 'stream' | 'metadata'>,
): boolean {
  if (stream !== next.stream) return false;
  const { commandId } = metadata;
  return commandId !== undefined && commandId === next.metadata['commandId'];
}
