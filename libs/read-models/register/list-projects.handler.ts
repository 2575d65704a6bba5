import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Page } from '../paging.js';
import { allProjects, filtered, projectPage } from './find-projects.js';
import { projectRow } from './project-views.js';
import { ListProjectsQuery, type ProjectRow } from './queries.js';
import { shownProjects } from './shown-projects.js';

@QueryHandler(ListProjectsQuery)
export class ListProjectsHandler implements IQueryHandler<ListProjectsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: ListProjectsQuery): Promise<Page<ProjectRow>> {
    const page = await projectPage('projects', filtered(allProjects(this.database, params), params), params);
    return { ...page, items: (await shownProjects(this.database, page.items, params)).map(projectRow) };
  }
}
