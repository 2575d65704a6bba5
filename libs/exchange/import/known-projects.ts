import type { RegionCode } from '#libs/kernel/regions.js';
import type { ProjectState } from '#libs/projects/domain/state.js';

/** What a row is compared with to find the project it means. */
export interface ProjectIdentity {
  projectId: string;
  name: string;
  place: string;
  implementingUnits: readonly string[];
  code?: string;
  plannedUse?: string;
  lists: readonly { title: string; sequence?: number }[];
}

/** What the importer has to know of the projects that are there already. */
export interface KnownProjects {
  /** All projects in or inside the region, as of everything recorded before the call. */
  inRegion(region: RegionCode): Promise<readonly ProjectIdentity[]>;
  /** Projects as their streams tell them now, in the order asked for. */
  current(projectIds: readonly string[]): Promise<ProjectState[]>;
}
