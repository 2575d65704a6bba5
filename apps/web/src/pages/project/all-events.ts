import { read } from '../../api/client.js';
import type { TimelineEvent } from './progress.js';

/** The whole story of a project as of the moment, in the order recorded: figures on its page are computed from all of it. */
export async function allEvents(
  asked: { projectId: string },
  moment: { asKnownAt?: string; asEffectiveOn?: string },
  signal: AbortSignal,
): Promise<TimelineEvent[]> {
  const events: TimelineEvent[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...moment, limit: 500, ...(cursor !== undefined && { cursor }) };
    const page = await read('/api/v1/projects/{projectId}/events', { path: asked, query, signal });
    events.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return events;
}
