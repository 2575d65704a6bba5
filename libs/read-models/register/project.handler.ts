import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { projectDetail } from './project-views.js';
import { ProjectQuery, type ProjectDetail } from './queries.js';
import { shownProjects } from './shown-projects.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

@QueryHandler(ProjectQuery)
export class ProjectHandler implements IQueryHandler<ProjectQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ projectId, asOf }: ProjectQuery): Promise<ProjectDetail | null> {
    if (!UUID.test(projectId)) return null;
    const [project] = await shownProjects(this.database, [{ projectId }], asOf);
    return project ? projectDetail(project) : null;
  }
}
