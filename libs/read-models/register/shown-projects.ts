import { In, type DataSource } from 'typeorm';
import { asOfParameters, isAsOf, standsCondition } from '../as-of.js';
import type { AsOf } from '../views.js';
import { byProject, foldProject, type RegisterFact } from './fold.js';
import { RegisterProject, type FoundProject } from './register-project.entity.js';
import type { RegisteredProject } from './registered-project.js';

export interface ShownProject {
  projectId: string;
  shown: RegisteredProject;
}

const FACTS = `
  select project_id, event_type as type, effective, position, data from read.register_fact fact
  where project_id = any($3::uuid[]) and ${standsCondition('fact')} order by project_id, revision`;

/**
 * All that is shown of the projects, in their order. As of a day it is folded from the facts that stood: versions keep only
 * what projects are found by, and few are shown at once.
 */
export async function shownProjects(
  database: DataSource,
  found: readonly Pick<FoundProject, 'projectId'>[],
  asOf: AsOf,
): Promise<ShownProject[]> {
  const ids = found.map(({ projectId }) => projectId);
  const shown = isAsOf(asOf)
    ? await folded(database, ids, asOf)
    : await database.getRepository(RegisterProject).findBy({ projectId: In(ids) });
  const byId = new Map(shown.map((project) => [project.projectId, project]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function folded(database: DataSource, ids: readonly string[], asOf: AsOf): Promise<ShownProject[]> {
  const parameters = [...asOfParameters(asOf), ids];
  const facts = await database.query<(RegisterFact & { project_id: string })[]>(FACTS, parameters);
  return [...byProject(ids, facts)].flatMap(([projectId, ofProject]) => {
    const shown = foldProject(ofProject);
    return shown ? [{ projectId, shown }] : [];
  });
}
