import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { grouped } from '#libs/kernel/grouped.js';
import { chinaDay, yearOf } from '#libs/kernel/partial-date.js';
import { exactText, minus, printed } from '#libs/kernel/rational.js';
import { regionName } from '#libs/kernel/regions.js';
import { isExact, judge, type Interval } from '#libs/plans/domain/indicators/compute.js';
import type { IndicatorDefinition } from '#libs/plans/domain/indicators/definitions.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import { printedText } from '#libs/plans/domain/values.js';
import { TARGET_ATTRIBUTES } from '#libs/plans/domain/vocabulary.js';
import { computedValue, valueOf, whyUnknown } from '../indicators/indicator-answer.js';
import { loadParts } from '../indicators/load-parts.js';
import { labelled } from '../views.js';
import { planLines } from './plan-view.js';
import { PlanYearsQuery, VERDICTS, type PlanIndicatorYear, type PlanYears } from './queries.js';
import { ofType, type LineOf } from './standing-entries.js';

type Target = LineOf<'TargetSet'>;

@QueryHandler(PlanYearsQuery)
export class PlanYearsHandler implements IQueryHandler<PlanYearsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { planId, ...asOf } }: PlanYearsQuery): Promise<PlanYears> {
    const { plan, lines } = await planLines(this.database, planId, asOf);
    const targets = ofType(lines, 'TargetSet').filter(
      ({ data, area }) => area === null && data.year !== undefined && definitionOf(data.indicator),
    );
    const printedYears = targets.map(({ data }) => data.year!);
    const from = Math.min(plan.period.from - 1, ...printedYears);
    const to = Math.max(plan.period.to, ...printedYears);
    const now = yearOf(asOf.asEffectiveOn ?? chinaDay(new Date()));
    const years = Array.from({ length: to - from + 1 }, (_, n) => from + n);
    const partOf = await loadParts(
      {
        database: this.database,
        regions: [...new Set(targets.map(({ data }) => data.region))],
        years: years.filter((year) => year <= now),
        asOf,
      },
      targets.map(({ data }) => definitionOf(data.indicator)!),
    );
    const groups = grouped(targets, ({ data }) => `${data.region} ${definitionOf(data.indicator)!.id}`);
    return {
      plan,
      from,
      to,
      indicators: [...groups.values()].map((own) => {
        const { region, indicator } = own[0]!.data;
        const definition = definitionOf(indicator)!;
        const { id, version, name, unit, direction, numerator, denominator } = definition;
        let before: Interval | undefined;
        return {
          indicator: { id, version, name, unit, direction },
          region: { code: region, name: regionName(region) },
          years: years.map((year): PlanIndicatorYear => {
            const asked = own.filter(({ data }) => data.year === year);
            if (year > now) return yearView(year, asked, definition, undefined, before, '尚未到来', null);
            const above = partOf(numerator, region, year);
            const below = denominator && partOf(denominator, region, year);
            const value = valueOf(definition, above, below);
            const why = value ? null : whyUnknown(above, below);
            const view = yearView(year, asked, definition, value, before, why, above.explanation);
            before = value;
            return view;
          }),
        };
      }),
    };
  }
}

function yearView(
  year: number,
  targets: readonly Target[],
  { decimals, direction }: IndicatorDefinition,
  value: Interval | undefined,
  before: Interval | undefined,
  why: string | null,
  explanation: string | null,
): PlanIndicatorYear {
  return {
    year,
    targets: targets.map(({ eventId, data }) => {
      const { verdict, onlyRounded } = value
        ? judge(value, data.value, data.unit, direction)
        : { verdict: 'open' as const, onlyRounded: false };
      return {
        eventId,
        printed: printedText(data.value, data.unit),
        locator: data.source.locator,
        attribute: data.attribute ? labelled(TARGET_ATTRIBUTES, data.attribute) : null,
        verdict: labelled(VERDICTS, verdict),
        onlyRounded,
      };
    }),
    actual: value ? computedValue(value, decimals) : null,
    explanation,
    why,
    change: value && before ? changeOf(value, before, decimals) : null,
  };
}

function changeOf(value: Interval, before: Interval, decimals: number): PlanIndicatorYear['change'] {
  if (!isExact(value) || !isExact(before)) return null;
  const difference = minus(value.low, before.low);
  const text = printed(difference, decimals);
  return { exact: exactText(difference), printed: difference.part > 0n ? `+${text}` : text };
}
