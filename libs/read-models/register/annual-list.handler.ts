import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { allProjects, filtered } from './find-projects.js';
import { projectRow } from './project-views.js';
import { AnnualListQuery, type AnnualList } from './queries.js';
import { shownProjects, type ShownProject } from './shown-projects.js';

const MAX_PROJECTS = 5_000;

@QueryHandler(AnnualListQuery)
export class AnnualListHandler implements IQueryHandler<AnnualListQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { region, year, ...asOf } }: AnnualListQuery): Promise<AnnualList> {
    const filter = { listedYear: year, ...(region !== undefined && { region }) };
    const found = await filtered(allProjects(this.database, asOf), filter)
      .limit(MAX_PROJECTS + 1)
      .getMany();
    if (found.length > MAX_PROJECTS) {
      throw new Refusal('register.tooManyRows', `清单超过 ${MAX_PROJECTS} 个项目，请按地区查询`, { year });
    }
    const projects = await shownProjects(this.database, found, asOf);
    const items = projects.map((project) => listItem(project, year));
    items.sort((a, b) => (a.sequence ?? Infinity) - (b.sequence ?? Infinity) || 0);
    return { year, items, totals: totalsOf(items) };
  }
}

function listItem(project: ShownProject, year: number): AnnualList['items'][number] {
  const entry = project.shown.lists.find((list) => list.year === year);
  return { ...projectRow(project), listTitle: entry?.title ?? '', sequence: entry?.sequence ?? null };
}

function totalsOf(items: AnnualList['items']): AnnualList['totals'] {
  const sum = (column: 'totalInvestment' | 'selfRaised') =>
    moneyView(items.reduce((total, item) => total + BigInt(item[column]?.fen ?? 0), 0n));
  return {
    projects: items.length,
    totalInvestment: sum('totalInvestment'),
    unknownTotals: items.filter((item) => item.totalInvestment === null).length,
    selfRaised: sum('selfRaised'),
  };
}
