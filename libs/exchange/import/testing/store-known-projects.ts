import type { EventStore } from '#libs/event-store/port.js';
import { regionContains, type RegionCode } from '#libs/kernel/regions.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { projectDecider } from '#libs/projects/domain/decider.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import type { ProjectState } from '#libs/projects/domain/state.js';
import type { KnownProjects, ProjectIdentity } from '../known-projects.js';

/** Known projects folded from the store itself at every call: always caught up, and too slow for anything but tests. */
export class StoreKnownProjects implements KnownProjects {
  constructor(private readonly store: EventStore) {}

  async inRegion(region: RegionCode): Promise<ProjectIdentity[]> {
    const states = await this.all();
    return [...states.values()]
      .filter(({ details }) => details?.regions.some((code) => regionContains(region, code)))
      .map(identityOf);
  }

  async current(projectIds: readonly string[]): Promise<ProjectState[]> {
    const states = await this.all();
    return projectIds.map((projectId) => states.get(projectId)!);
  }

  /** By project id, in the order they entered. */
  async all(): Promise<Map<string, ProjectState>> {
    const states = new Map<string, ProjectState>();
    const ended = new AbortController();
    const feed = this.store.feed({ streamPrefixes: [PROJECT_STREAM_PREFIX], signal: ended.signal });
    for await (const item of feed) {
      if (item.kind === 'caughtUp') break;
      if (item.kind !== 'event') continue;
      const event = decodeProjectEvent(item.event);
      const state = states.get(event.projectId) ?? projectDecider.initialState();
      states.set(event.projectId, projectDecider.evolve(state, event));
    }
    ended.abort();
    return states;
  }
}

function identityOf(state: ProjectState): ProjectIdentity {
  const { name, place, implementingUnits, plannedUse } = state.details!;
  const listings = Object.keys(state)
    .filter((key): key is `listing.${number}` => key.startsWith('listing.'))
    .flatMap((key) => state[key] ?? []);
  return {
    projectId: state.projectId!,
    name,
    place,
    implementingUnits,
    ...(state.code && { code: state.code }),
    ...(plannedUse && { plannedUse }),
    lists: listings.map(({ listTitle, sequence }) => ({ title: listTitle, ...(sequence && { sequence }) })),
  };
}
