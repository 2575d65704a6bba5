import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { toHalfWidth } from '#libs/kernel/text.js';
import { asOfParameters, isAsOf } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page, type PageRequest } from '../paging.js';
import { versionCounts } from '../versions.js';
import type { AsOf } from '../views.js';
import type { ProjectFilter } from './queries.js';
import { RegisterProject, RegisterVersion, type FoundProject } from './register-project.entity.js';

export type ProjectQueryBuilder = SelectQueryBuilder<FoundProject>;

const COUNTS = versionCounts('project', 'cast(:knownAt as timestamptz)', 'cast(:effectiveOn as date)');
/** Before the end of time, at which versions that go on are said to end. */
const ALL_KNOWN = '9999-12-31';

/** All projects of the register as they stand, or stood then, in the order they entered. @throws Refusal `asOf.unreadable` */
export function allProjects(database: DataSource, asOf: AsOf): ProjectQueryBuilder {
  const [knownAt, effectiveOn] = asOfParameters(asOf);
  const from = (table: new () => FoundProject): ProjectQueryBuilder =>
    database.getRepository(table).createQueryBuilder('project').orderBy('project.entered');
  if (!isAsOf(asOf)) return from(RegisterProject);
  return from(RegisterVersion).where(COUNTS, {
    knownAt: knownAt ?? ALL_KNOWN,
    effectiveOn: effectiveOn ?? ALL_KNOWN,
  });
}

export function inRegion(query: ProjectQueryBuilder, region: RegionCode | undefined): ProjectQueryBuilder {
  if (region === undefined) return query;
  return query.andWhere('exists (select from unnest(project.regions) r where starts_with(r, :prefix))', {
    prefix: regionPrefix(region),
  });
}

export function filtered(query: ProjectQueryBuilder, filter: ProjectFilter): ProjectQueryBuilder {
  const { category, stage, plannedUseYear, listedYear, source, q } = filter;
  inRegion(query, filter.region);
  if (category !== undefined) query.andWhere('project.category = :category', { category });
  if (stage !== undefined) query.andWhere('project.stage = :stage', { stage });
  if (plannedUseYear !== undefined) {
    query.andWhere('project.plannedUseYear = :plannedUseYear', { plannedUseYear });
  }
  if (listedYear !== undefined) query.andWhere(':listedYear = any(project.listedYears)', { listedYear });
  if (source !== undefined) query.andWhere(':source = any(project.plannedSources)', { source });
  for (const [i, word] of wordsOf(q).entries()) {
    query.andWhere(`strpos(project.search, :word${i}) > 0`, { [`word${i}`]: word });
  }
  return query;
}

/** A page of what the query finds, told from pages of other lists by the name `list`. */
export async function projectPage(
  list: string,
  query: ProjectQueryBuilder,
  request: PageRequest,
): Promise<Page<FoundProject>> {
  const limit = checkedLimit(request.limit);
  if (request.cursor !== undefined) {
    const [entered] = readCursor(list, request.cursor, [/^\S+$/u]);
    query.andWhere('project.entered > :entered', { entered });
  }
  const projects = await query.limit(limit + 1).getMany();
  return pageOf(list, projects, limit, (project) => [project.entered]);
}

function wordsOf(q: string | undefined): string[] {
  return toHalfWidth(q ?? '')
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}
