import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { ProjectStage } from '#libs/projects/domain/vocabulary.js';
import type { Page } from '../paging.js';
import { allProjects, filtered, projectPage } from './find-projects.js';
import { poolEntry } from './project-views.js';
import { PoolQuery, type PoolEntry } from './queries.js';
import { shownProjects } from './shown-projects.js';

const IN_RESERVE: readonly ProjectStage[] = ['Pooled', 'Approved'];

@QueryHandler(PoolQuery)
export class PoolHandler implements IQueryHandler<PoolQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PoolQuery): Promise<Page<PoolEntry>> {
    const { region, category, ready } = params;
    const query = filtered(allProjects(this.database, params), {
      ...(region !== undefined && { region }),
      ...(category !== undefined && { category }),
    }).andWhere('project.stage = any(:stages)', { stages: IN_RESERVE });
    if (ready !== undefined) query.andWhere('project.ready = :ready', { ready });
    const page = await projectPage('pool', query, params);
    return { ...page, items: (await shownProjects(this.database, page.items, params)).map(poolEntry) };
  }
}
