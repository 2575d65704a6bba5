import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { grouped } from '#libs/kernel/grouped.js';
import { chinaDay, yearOf } from '#libs/kernel/partial-date.js';
import { ceiling, exactText } from '#libs/kernel/rational.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Contradiction } from '#libs/plans/domain/contradictions/contradiction.js';
import { shortfall } from '#libs/plans/domain/contradictions/t4-list-against-text.js';
import { isExact, neededNumerator } from '#libs/plans/domain/indicators/compute.js';
import {
  INDICATOR_DEFINITIONS,
  type IndicatorDefinition,
} from '#libs/plans/domain/indicators/definitions.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import { quantity } from '#libs/plans/domain/indicators/quantities.js';
import { numberIn, printedText } from '#libs/plans/domain/values.js';
import { TARGET_ATTRIBUTES } from '#libs/plans/domain/vocabulary.js';
import { computedValue, partView, valueOf } from '../indicators/indicator-answer.js';
import { loadParts } from '../indicators/load-parts.js';
import type { Part } from '../indicators/part.js';
import { labelled, regionSet, type AsOf } from '../views.js';
import { additionOf, comingProjects, type Coming } from './pipeline.js';
import { planLines } from './plan-view.js';
import { PIPELINE_STAGES, TrajectoryQuery, type Trajectory, type TrajectoryTarget } from './queries.js';
import { ofType, type LineOf } from './standing-entries.js';

@QueryHandler(TrajectoryQuery)
export class TrajectoryHandler implements IQueryHandler<TrajectoryQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { planId, indicator, ...asOf } }: TrajectoryQuery): Promise<Trajectory> {
    const { plan, lines } = await planLines(this.database, planId, asOf);
    const definition = asked(indicator);
    const { capacity } = quantity(definition.numerator);
    if (!capacity || plan.area !== null) {
      const why = plan.area === null ? '不是床位、托位的数量或其人均数' : '方案的地区没有行政区划代码';
      throw new Refusal('indicators.noTrajectory', `“${definition.name}”没有可推算的路径：${why}`, {
        indicator: definition.id,
      });
    }
    const day = dayOf(asOf);
    const year = yearOf(day);
    const region = plan.region.code;
    const partOf = await loadParts({ database: this.database, regions: [region], years: [year], asOf }, [
      definition,
    ]);
    const numerator = partOf(definition.numerator, region, year);
    const denominator = definition.denominator && partOf(definition.denominator, region, year);
    const coming = await comingProjects(this.database, region, capacity, asOf);
    const value = valueOf(definition, numerator, denominator);
    const targets = ofType(lines, 'TargetSet')
      .filter(({ data }) => data.region === region && definitionOf(data.indicator) === definition)
      .flatMap((line) => targetOf(line, definition, numerator, denominator, coming, year) ?? [])
      .sort((a, b) => a.year - b.year);
    return {
      plan,
      day,
      indicator: {
        id: definition.id,
        version: definition.version,
        name: definition.name,
        unit: definition.unit,
      },
      actual: await partView(definition.numerator, numerator),
      denominator: denominator ? await partView(definition.denominator!, denominator) : null,
      value: value ? computedValue(value, definition.decimals) : null,
      targets,
      pipeline: pipelineOf(coming),
      counties: countiesOf(coming, sharesOf(lines, definition)),
      contradictions: listAgainstText(targets, definition, plan.title),
    };
  }
}

/** The day that the question stops at: what is known until then, or what is effective until then, if not today. */
function dayOf({ asKnownAt, asEffectiveOn }: AsOf): string {
  const known = chinaDay(asKnownAt === undefined ? new Date() : new Date(asKnownAt));
  return asEffectiveOn !== undefined && asEffectiveOn < known ? asEffectiveOn : known;
}

/** A share of beds has no number of beds that reaches it: more beds change both sides. */
function asked(name: string): IndicatorDefinition {
  const definition = definitionOf(name);
  if (definition && definition.factor !== 100) return definition;
  throw new Refusal('indicators.unknown', `“${name}”不是可推算路径的指标`, {
    indicator: name,
    known: INDICATOR_DEFINITIONS.filter(({ factor }) => factor !== 100).map(({ id }) => id),
  });
}

function targetOf(
  { eventId, data }: LineOf<'TargetSet'>,
  { denominator: ratio, factor }: IndicatorDefinition,
  numerator: Part,
  denominator: Part | undefined,
  coming: readonly Coming[],
  now: number,
): TrajectoryTarget | undefined {
  const people = ratio ? denominator?.interval : { low: { part: 1n, of: 1n }, high: { part: 1n, of: 1n } };
  if (data.year === undefined || !people || !isExact(people)) return undefined;
  const needed = neededNumerator(data.value, data.unit, people.low, factor);
  if (needed === undefined) return undefined;
  const { interval } = numerator;
  const missing = interval && isExact(interval) ? atLeastZero(needed - ceiling(interval.low)) : null;
  const planned = additionOf(coming.filter(({ year }) => year !== null && year <= data.year!));
  const yearsLeft = BigInt(data.year - now + 1);
  return {
    eventId,
    year: data.year,
    printed: printedText(data.value, data.unit),
    locator: data.source.locator,
    attribute: data.attribute ? labelled(TARGET_ATTRIBUTES, data.attribute) : null,
    needed: String(needed),
    missing: missing === null ? null : String(missing),
    planned,
    stillMissing:
      missing === null
        ? null
        : {
            low: String(atLeastZero(missing - BigInt(planned.high))),
            high: String(atLeastZero(missing - BigInt(planned.low))),
          },
    perYear: missing === null || yearsLeft < 1n ? null : String((missing + yearsLeft - 1n) / yearsLeft),
  };
}

const atLeastZero = (value: bigint): bigint => (value > 0n ? value : 0n);

function pipelineOf(coming: readonly Coming[]): Trajectory['pipeline'] {
  const groups = grouped(coming, ({ year, stage }) => `${year ?? '9999'} ${stage}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, projects]) => ({
      ...additionOf(projects),
      year: projects[0]!.year,
      stage: labelled(PIPELINE_STAGES, projects[0]!.stage),
    }));
}

function countiesOf(coming: readonly Coming[], shares: ReadonlyMap<string, string>): Trajectory['counties'] {
  const groups = grouped(coming, ({ regions }) => [...regions].sort().join(','));
  for (const code of shares.keys()) if (!groups.has(code)) groups.set(code, []);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([codes, projects]) => ({
      ...additionOf(projects),
      region: regionSet(codes.split(',')),
      share: shares.get(codes) ?? null,
    }));
}

/** The counties' shares of the last year that is broken down. */
function sharesOf(
  lines: Parameters<typeof ofType>[0],
  definition: IndicatorDefinition,
): ReadonlyMap<string, string> {
  const last = ofType(lines, 'CountySharesSet')
    .filter(({ data }) => definitionOf(data.indicator) === definition)
    .sort((a, b) => a.data.year - b.data.year)
    .at(-1);
  return new Map(
    (last?.data.shares ?? []).flatMap(({ region, value }) => {
      const number = numberIn(value, last!.data.unit);
      return number ? [[region, exactText(number)] as const] : [];
    }),
  );
}

/** T4, once for targets of one year that take the same number. */
function listAgainstText(
  targets: readonly TrajectoryTarget[],
  { name }: IndicatorDefinition,
  document: string,
): Contradiction[] {
  const byYear = new Map(targets.map((target) => [`${target.year} ${target.needed}`, target]));
  return [...byYear.values()].flatMap(({ year, needed, missing, planned, eventId, printed, locator }) =>
    missing === null
      ? []
      : shortfall(name, year, BigInt(needed), BigInt(missing), planned, [
          { eventId, printed, document, locator },
        ]),
  );
}
