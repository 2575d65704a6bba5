import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { digestOf } from '#libs/kernel/canonical.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { regionName } from '#libs/kernel/regions.js';
import {
  INDICATOR_DEFINITIONS,
  type IndicatorDefinition,
} from '#libs/plans/domain/indicators/definitions.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import { indicatorAnswer } from './indicator-answer.js';
import { loadParts } from './load-parts.js';
import type { PartScope } from './part.js';
import { IndicatorsQuery, type IndicatorReport } from './queries.js';

/** 100 counties of five years are 500; more is asked in parts. */
const MOST_ANSWERS = 2_000;

@QueryHandler(IndicatorsQuery)
export class IndicatorsHandler implements IQueryHandler<IndicatorsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: IndicatorsQuery): Promise<IndicatorReport> {
    const { regions, years, indicators, ...asOf } = params;
    const definitions = indicators ? indicators.map(known) : INDICATOR_DEFINITIONS;
    if (regions.length * years.length > MOST_ANSWERS) {
      throw new Refusal('indicators.tooMany', `一次最多查询 ${MOST_ANSWERS} 个地区年度`, {
        regions: regions.length,
        years: years.length,
      });
    }
    return indicatorReport({ database: this.database, regions, years, asOf }, definitions);
  }
}

/** As the query answers it, asked of one transaction too. */
export async function indicatorReport(
  scope: Omit<PartScope, 'quantities'>,
  definitions: readonly IndicatorDefinition[] = INDICATOR_DEFINITIONS,
): Promise<IndicatorReport> {
  const partOf = await loadParts(scope, definitions);
  const answers = scope.regions.flatMap((region) =>
    scope.years.map((year) => ({
      region: { code: region, name: regionName(region) },
      year,
      items: definitions.map((definition) => {
        const { numerator, denominator } = definition;
        const below = denominator && partOf(denominator, region, year);
        return indicatorAnswer(definition, partOf(numerator, region, year), below);
      }),
    })),
  );
  return { definitionsDigest: digestOf(definitions), answers };
}

function known(name: string): IndicatorDefinition {
  const definition = definitionOf(name);
  if (definition) return definition;
  throw new Refusal('indicators.unknown', `没有“${name}”的计算定义`, {
    indicator: name,
    known: INDICATOR_DEFINITIONS.map(({ id }) => id),
  });
}
