import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay, yearOf } from '#libs/kernel/partial-date.js';
import { asOfParameters, isAsOf } from '../as-of.js';
import { projectTotalsOf } from '../register/project-totals.handler.js';
import { scopeParameters } from '../scope.js';
import { baselinesFor } from '../yearly-counts/baselines.js';
import { yearRows, type RawCount } from '../yearly-counts/year-rows.js';
import { expectedKindsParameters, yearlyCountsSql } from '../yearly-counts/yearly-counts-sql.js';
import { moneyByYear } from './money-by-year.js';
import { OverviewQuery, type Overview } from './queries.js';

/** Of a misprinted year no century of empty rows is made: counts are told for these many years around this one. */
const YEARS_AROUND = 10;

@QueryHandler(OverviewQuery)
export class OverviewHandler implements IQueryHandler<OverviewQuery> {
  constructor(private readonly database: DataSource) {}

  execute({ params }: OverviewQuery): Promise<Overview> {
    return overviewOf(this.database, params, yearOf(chinaDay(new Date())));
  }
}

export async function overviewOf(
  database: DataSource,
  params: OverviewQuery['params'],
  thisYear: number,
): Promise<Overview> {
  const [money, counts, stages] = await Promise.all([
    moneyByYear(database, params),
    countsOf(database, params, thisYear),
    projectTotalsOf(database, { ...params, groupBy: 'stage' }),
  ]);
  return { ...money, counts, stages };
}

async function countsOf(
  database: DataSource,
  params: OverviewQuery['params'],
  thisYear: number,
): Promise<Overview['counts']> {
  const [raw, baselines] = await Promise.all([
    database.query<RawCount[]>(yearlyCountsSql('none', isAsOf(params)), [
      ...asOfParameters(params),
      ...scopeParameters(params),
      ...expectedKindsParameters(),
    ]),
    baselinesFor(database, params),
  ]);
  const years = [thisYear, ...raw.flatMap(({ year }) => year ?? [])];
  const from = Math.max(Math.min(...years), thisYear - YEARS_AROUND);
  const to = Math.min(Math.max(...years), thisYear + YEARS_AROUND);
  return { from, to, years: yearRows(raw, from, to, baselines) };
}
