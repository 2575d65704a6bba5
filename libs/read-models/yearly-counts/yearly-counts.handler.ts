import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Refusal } from '#libs/kernel/refusal.js';
import { PROJECT_CATEGORIES, type ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { asOfParameters, isAsOf } from '../as-of.js';
import { scopeParameters } from '../scope.js';
import { labelled, regionSet } from '../views.js';
import { baselinesFor } from './baselines.js';
import { YearlyCountsQuery, type YearlyCountGroup, type YearlyCounts } from './queries.js';
import { yearRows, type RawCount } from './year-rows.js';
import { expectedKindsParameters, yearlyCountsSql, type CountGrouping } from './yearly-counts-sql.js';

const FIRST_YEAR = 1949;
const LAST_YEAR = 2200;
const MAX_YEARS = 100;

@QueryHandler(YearlyCountsQuery)
export class YearlyCountsHandler implements IQueryHandler<YearlyCountsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: YearlyCountsQuery): Promise<YearlyCounts> {
    const { from, to, groupBy = 'none' } = params;
    checkYears(from, to);
    const raw = await this.database.query<RawCount[]>(yearlyCountsSql(groupBy, isAsOf(params)), [
      ...asOfParameters(params),
      ...scopeParameters(params),
      ...expectedKindsParameters(),
    ]);
    const keys = groupBy === 'none' ? [] : [...new Set(raw.map((row) => row.group))];
    const groups = keys.map((key) => ({
      ...groupKey(groupBy, key),
      years: yearRows(
        raw.filter((row) => row.group === key),
        from,
        to,
      ),
    }));
    const baselines = await baselinesFor(this.database, params);
    return { from, to, groups, total: yearRows(raw, from, to, baselines) };
  }
}

function groupKey(groupBy: CountGrouping, key: string): Omit<YearlyCountGroup, 'years'> {
  if (groupBy === 'region') return { region: regionSet(key === '' ? [] : key.split(',')) };
  return { category: key === '' ? null : labelled(PROJECT_CATEGORIES, key as ProjectCategory) };
}

function checkYears(from: number, to: number): void {
  const years = [from, to].every((year) => Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR);
  if (years && from <= to && to - from < MAX_YEARS) return;
  throw new Refusal(
    'yearlyCounts.badYears',
    `年份应在 ${FIRST_YEAR} 至 ${LAST_YEAR} 之间，起始不晚于结束，最多 ${MAX_YEARS} 年`,
    { from, to },
  );
}
