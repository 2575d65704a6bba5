import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { isRegionCode, regionName, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { INDICATOR_DEFINITIONS } from '#libs/plans/domain/indicators/definitions.js';
import { IndicatorComparisonQuery, type IndicatorComparison } from './comparison-query.js';
import { definitionView, valueView } from './indicator-answer.js';
import { computeIndicators } from './indicators.handler.js';

const TOLD = `
  select distinct region from (
    select unnest(regions) as region from read.register_project
    union all select region from read.plan_entry where area is null and region is not null) told
  where starts_with(region, $1)`;

@QueryHandler(IndicatorComparisonQuery)
export class IndicatorComparisonHandler implements IQueryHandler<IndicatorComparisonQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({
    params: { region, year, ...asOf },
  }: IndicatorComparisonQuery): Promise<IndicatorComparison> {
    const told = await this.database.query<{ region: RegionCode }[]>(TOLD, [regionPrefix(region)]);
    const below = new Set(told.flatMap((row) => divisionBelow(region, row.region) ?? []));
    const regions = [region, ...[...below].sort()];
    const answers = await computeIndicators({ database: this.database, regions, years: [year], asOf });
    return {
      year,
      indicators: INDICATOR_DEFINITIONS.map(definitionView),
      rows: answers.map(({ region: code, computed }) => ({
        region: { code, name: regionName(code) },
        values: computed.map(valueView),
      })),
    };
  }
}

/** The division right below `region` that `inner` is or lies in: a prefecture of a province, a county of a prefecture. */
export function divisionBelow(region: RegionCode, inner: RegionCode): RegionCode | undefined {
  const prefix = regionPrefix(region);
  const code = prefix.length === 2 ? `${inner.slice(0, 4)}00` : inner;
  return prefix.length < 6 && code !== region && isRegionCode(code) ? code : undefined;
}
