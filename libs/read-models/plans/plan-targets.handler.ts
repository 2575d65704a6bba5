import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay, yearOf } from '#libs/kernel/partial-date.js';
import { regionName } from '#libs/kernel/regions.js';
import { contradictionsOf } from '#libs/plans/domain/contradictions/contradictions.js';
import { judge } from '#libs/plans/domain/indicators/compute.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import { printedText } from '#libs/plans/domain/values.js';
import { SHARES_BASES, TARGET_ATTRIBUTES } from '#libs/plans/domain/vocabulary.js';
import { computedValue, valueOf, whyUnknown } from '../indicators/indicator-answer.js';
import { loadParts } from '../indicators/load-parts.js';
import type { Queryable } from '../queryable.js';
import { labelled, type AsOf } from '../views.js';
import { figuresOf, planLines } from './plan-view.js';
import { PlanTargetsQuery, VERDICTS, type PlanTargets, type TargetView } from './queries.js';
import { figuresAbout, ofType, type LineOf, type PlanLine } from './standing-entries.js';

@QueryHandler(PlanTargetsQuery)
export class PlanTargetsHandler implements IQueryHandler<PlanTargetsQuery> {
  constructor(private readonly database: DataSource) {}

  execute({ params }: PlanTargetsQuery): Promise<PlanTargets> {
    return targetsOfPlan(this.database, params, yearOf(chinaDay(new Date())));
  }
}

/** @param thisYear targets of later years are held against what there is at its end */
export async function targetsOfPlan(
  database: Queryable,
  { planId, year, ...asOf }: PlanTargetsQuery['params'],
  thisYear: number,
): Promise<PlanTargets> {
  const { plan, lines } = await planLines(database, planId, asOf);
  const wanted = ofType(lines, 'TargetSet').filter(({ data }) => year === undefined || data.year === year);
  const shownYear = (target: LineOf<'TargetSet'>) => Math.min(target.data.year ?? thisYear, thisYear);
  const defined = wanted.filter(({ data, area }) => area === null && definitionOf(data.indicator));
  const partOf = await loadParts(
    {
      database,
      regions: [...new Set(defined.map(({ data }) => data.region))],
      years: [...new Set(defined.map(shownYear))],
      asOf,
    },
    defined.map(({ data }) => definitionOf(data.indicator)!),
  );
  const targets = wanted.map((line): TargetView => {
    const { data, eventId } = line;
    const definition = defined.includes(line) ? definitionOf(data.indicator) : undefined;
    const at = shownYear(line);
    const numerator = definition && partOf(definition.numerator, data.region, at);
    const below = definition?.denominator && partOf(definition.denominator, data.region, at);
    const value = definition && numerator && valueOf(definition, numerator, below);
    const verdict = value
      ? judge(value, data.value, data.unit, definition.direction)
      : { verdict: 'open' as const, onlyRounded: false };
    return {
      eventId,
      indicator: data.indicator,
      printedName: data.printedName,
      region: { code: data.region, name: regionName(data.region) },
      year: data.year ?? null,
      printed: printedText(data.value, data.unit),
      attribute: data.attribute ? labelled(TARGET_ATTRIBUTES, data.attribute) : null,
      leadUnits: data.leadUnits ?? [],
      ...data.source,
      note: data.note ?? null,
      computed: value ? { ...computedValue(value, definition.decimals), year: at } : null,
      why: value ? null : numerator ? whyUnknown(numerator, below) : '该指标没有计算定义或地区没有代码',
      verdict: labelled(VERDICTS, verdict.verdict),
      onlyRounded: verdict.onlyRounded,
    };
  });
  const last = (each: TargetView) => each.year ?? Number.MAX_SAFE_INTEGER;
  return {
    plan,
    targets: targets.sort((a, b) => last(a) - last(b)),
    contradictions: contradictionsOf({
      ...figuresOf(lines),
      others: await promisesOfOthers(database, plan, lines, asOf),
    }).filter((each) => year === undefined || each.year === year),
    breakdowns: ofType(lines, 'CountySharesSet').map(breakdownView),
  };
}

/** What other plans promise of the divisions that this one speaks of; an area without a code is none of them. */
async function promisesOfOthers(
  database: Queryable,
  plan: PlanTargets['plan'],
  lines: readonly PlanLine[],
  asOf: AsOf,
): Promise<LineOf<'TargetSet'>[]> {
  if (plan.area !== null) return [];
  const regions = [
    ...ofType(lines, 'TargetSet').map(({ data }) => data.region),
    ...ofType(lines, 'CountySharesSet').flatMap(({ data }) => data.shares.map(({ region }) => region)),
  ];
  const about = await figuresAbout(database, [...new Set(regions)], ['TargetSet'], asOf);
  return ofType(about, 'TargetSet').filter(({ planId }) => planId !== plan.id);
}

function breakdownView({ eventId, data }: LineOf<'CountySharesSet'>): PlanTargets['breakdowns'][number] {
  const { indicator, year, unit, basis, printedTotal, shares } = data;
  return {
    eventId,
    indicator,
    year,
    unit,
    basis: labelled(SHARES_BASES, basis),
    printedTotal: printedTotal ? printedText(printedTotal, unit) : null,
    shares: shares.map(({ region, value }) => ({
      region: { code: region, name: regionName(region) },
      printed: printedText(value, unit),
    })),
  };
}
