import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import {
  PROJECT_CATEGORIES,
  PROJECT_STAGES,
  type ProjectCategory,
  type ProjectStage,
} from '#libs/projects/domain/vocabulary.js';
import { regionSet } from '../views.js';
import { allProjects, filtered } from './find-projects.js';
import { ProjectTotalsQuery, type ProjectGroup, type ProjectSums, type ProjectTotals } from './queries.js';

const KEYS: Record<ProjectGroup, string> = {
  none: `''`,
  category: 'project.category',
  stage: `project.stage`,
  plannedUseYear: 'project.planned_use_year::text',
  region: `array_to_string(project.regions, ',')`,
};

interface Row {
  key: string | null;
  projects: string;
  total: string;
  unknown: string;
  self_raised: string;
  unsourced: string;
}

@QueryHandler(ProjectTotalsQuery)
export class ProjectTotalsHandler implements IQueryHandler<ProjectTotalsQuery> {
  constructor(private readonly database: DataSource) {}

  execute({ params }: ProjectTotalsQuery): Promise<ProjectTotals> {
    return projectTotalsOf(this.database, params);
  }
}

export async function projectTotalsOf(
  database: DataSource,
  { groupBy, ...filter }: ProjectTotalsQuery['params'],
): Promise<ProjectTotals> {
  const rows = await filtered(allProjects(database, filter), filter)
    .select(KEYS[groupBy], 'key')
    .addSelect('count(*)', 'projects')
    .addSelect('coalesce(sum(project.total_fen), 0)', 'total')
    .addSelect('count(*) filter (where project.total_fen is null)', 'unknown')
    .addSelect('coalesce(sum(project.self_raised_fen), 0)', 'self_raised')
    .addSelect('coalesce(sum(project.total_fen - coalesce(project.planned_fen, 0)), 0)', 'unsourced')
    .groupBy('1')
    .orderBy('1', 'ASC', 'NULLS LAST')
    .getRawMany<Row>();
  const groups = groupBy === 'none' ? [] : ordered(groupBy, rows);
  return {
    groups: groups.map((row) => ({ key: row.key, label: labelOf(groupBy, row.key), ...sumsOf([row]) })),
    total: sumsOf(rows),
  };
}

/** Stages in the order a project moves through them; other groups as they sort. */
function ordered(groupBy: ProjectGroup, rows: readonly Row[]): readonly Row[] {
  const place = ({ key }: Row): number => Object.keys(PROJECT_STAGES).indexOf(key ?? '');
  return groupBy === 'stage' ? rows.toSorted((a, b) => place(a) - place(b)) : rows;
}

function labelOf(groupBy: ProjectGroup, key: string | null): string {
  if (key === null) return '未列年份';
  if (groupBy === 'category') return PROJECT_CATEGORIES[key as ProjectCategory];
  if (groupBy === 'stage') return PROJECT_STAGES[key as ProjectStage];
  return groupBy === 'region' ? regionSet(key.split(',')).label : `${key}年`;
}

function sumsOf(rows: readonly Row[]): ProjectSums {
  const sum = (column: keyof Row): bigint => rows.reduce((so, row) => so + BigInt(row[column] ?? 0), 0n);
  return {
    projects: Number(sum('projects')),
    totalInvestment: moneyView(sum('total')),
    unknownTotals: Number(sum('unknown')),
    selfRaised: moneyView(sum('self_raised')),
    unsourced: moneyView(sum('unsourced')),
  };
}
