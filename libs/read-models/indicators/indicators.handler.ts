import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { digestOf } from '#libs/kernel/canonical.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { regionName, type RegionCode } from '#libs/kernel/regions.js';
import {
  INDICATOR_DEFINITIONS,
  type IndicatorDefinition,
} from '#libs/plans/domain/indicators/definitions.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import { indicatorAnswer, type Computed } from './indicator-answer.js';
import { loadParts } from './load-parts.js';
import type { PartScope } from './part.js';
import {
  IndicatorsQuery,
  type IndicatorAnswer,
  type IndicatorReport,
  type RegionIndicators,
} from './queries.js';

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
    const scope = { database: this.database, regions, years, asOf };
    const answers: RegionIndicators[] = [];
    for (const { region, year, computed } of await computeIndicators(scope, definitions)) {
      const items: IndicatorAnswer[] = [];
      for (const each of computed) items.push(await indicatorAnswer(each));
      answers.push({ region: { code: region, name: regionName(region) }, year, items });
    }
    return { definitionsDigest: digestOf(definitions), answers };
  }
}

/** Every region and year asked for: by region, then year; each indicator in the order of the definitions. */
export async function computeIndicators(
  scope: Omit<PartScope, 'quantities'>,
  definitions: readonly IndicatorDefinition[] = INDICATOR_DEFINITIONS,
): Promise<{ region: RegionCode; year: number; computed: Computed[] }[]> {
  const partOf = await loadParts(scope, definitions);
  return scope.regions.flatMap((region) =>
    scope.years.map((year) => ({
      region,
      year,
      computed: definitions.map((definition) => ({
        definition,
        numerator: partOf(definition.numerator, region, year),
        denominator: definition.denominator && partOf(definition.denominator, region, year),
      })),
    })),
  );
}

function known(name: string): IndicatorDefinition {
  const definition = definitionOf(name);
  if (definition) return definition;
  throw new Refusal('indicators.unknown', `没有“${name}”的计算定义`, {
    indicator: name,
    known: INDICATOR_DEFINITIONS.map(({ id }) => id),
  });
}
