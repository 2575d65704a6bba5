import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { PROJECT_STAGES } from '#libs/projects/domain/vocabulary.js';
import { checkedLimit } from '../paging.js';
import { allProjects, filtered } from './find-projects.js';
import { projectRow } from './project-views.js';
import { ProjectWindowQuery, type ProjectSort, type ProjectWindow } from './queries.js';
import { shownProjects } from './shown-projects.js';

const SORT_KEYS: Record<ProjectSort, string> = {
  entered: 'project.entered',
  name: 'project.name',
  code: 'project.code',
  category: 'project.category',
  stage: `array_position('{${Object.keys(PROJECT_STAGES).join(',')}}'::text[], project.stage)`,
  place: 'project.place',
  plannedUse: 'project.planned_use',
  totalInvestment: 'project.total_fen',
  selfRaised: 'project.self_raised_fen',
  unsourced: 'project.total_fen - coalesce(project.planned_fen, 0)',
};

@QueryHandler(ProjectWindowQuery)
export class ProjectWindowHandler implements IQueryHandler<ProjectWindowQuery> {
  constructor(private readonly database: DataSource) {}

  /** Ids are sorted first: the rows themselves are wide, and only those of the window are wanted. */
  async execute({ params }: ProjectWindowQuery): Promise<ProjectWindow> {
    const { offset, limit, sort, descending, ...filter } = params;
    const matching = filtered(allProjects(this.database, filter), filter);
    const sorted = matching.clone().orderBy(SORT_KEYS[sort], descending ? 'DESC' : 'ASC', 'NULLS LAST');
    const [total, found] = await Promise.all([
      matching.orderBy().getCount(),
      (sort === 'entered' ? sorted : sorted.addOrderBy('project.entered'))
        .select('project.project_id', 'projectId')
        .offset(offset)
        .limit(checkedLimit(limit))
        .getRawMany<{ projectId: string }>(),
    ]);
    const items = await shownProjects(this.database, found, filter);
    return { total, offset, items: items.map(projectRow) };
  }
}
