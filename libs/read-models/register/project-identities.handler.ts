import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { allProjects, inRegion } from './find-projects.js';
import { projectIdentity } from './project-views.js';
import { ProjectIdentitiesQuery, type ProjectIdentity } from './queries.js';
import { shownProjects } from './shown-projects.js';

@QueryHandler(ProjectIdentitiesQuery)
export class ProjectIdentitiesHandler implements IQueryHandler<ProjectIdentitiesQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ region }: ProjectIdentitiesQuery): Promise<ProjectIdentity[]> {
    const found = await inRegion(allProjects(this.database, {}), region).getMany();
    return (await shownProjects(this.database, found, {})).map(projectIdentity);
  }
}
