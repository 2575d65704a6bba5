import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { allProjects } from './find-projects.js';
import { projectDetail } from './project-views.js';
import { ProjectQuery, type ProjectDetail } from './queries.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

@QueryHandler(ProjectQuery)
export class ProjectHandler implements IQueryHandler<ProjectQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ projectId }: ProjectQuery): Promise<ProjectDetail | null> {
    if (!UUID.test(projectId)) return null;
    const query = allProjects(this.database).where('project.projectId = :projectId', { projectId });
    const project = await query.getOne();
    return project && projectDetail(project);
  }
}
