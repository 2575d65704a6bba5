import type { EventStore } from '#libs/event-store/port.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { readProjectHistories } from '#libs/projects/application/project-history.js';
import type { ProjectState } from '#libs/projects/domain/state.js';
import type { Ask } from '#libs/read-models/read-model-query.js';
import { ProjectIdentitiesQuery } from '#libs/read-models/register/queries.js';
import type { KnownProjects, ProjectIdentity } from './known-projects.js';

/** Finds projects in the register, once it shows all that is recorded; their facts come from their own streams. */
export class RegisterKnownProjects implements KnownProjects {
  constructor(
    /** Answers when the register has applied everything that was in the store at the call. */
    private readonly ask: Ask,
    private readonly store: EventStore,
  ) {}

  inRegion(region: RegionCode): Promise<readonly ProjectIdentity[]> {
    return this.ask(new ProjectIdentitiesQuery(region));
  }

  async current(projectIds: readonly string[]): Promise<ProjectState[]> {
    const asked = projectIds.map((projectId) => ({ projectId }));
    const states: ProjectState[] = [];
    for await (const { state } of readProjectHistories(this.store, asked)) states.push(state);
    return states;
  }
}
