import { grouped } from '#libs/kernel/grouped.js';
import { latestDay } from '#libs/kernel/partial-date.js';
import { exactText, fromDecimal } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { exactly } from '#libs/plans/domain/indicators/compute.js';
import { quantity, REPORTED_POPULATIONS, type Quantity } from '#libs/plans/domain/indicators/quantities.js';
import { baselineOf } from '#libs/plans/domain/indicators/stock.js';
import { boundsOf, printedText, type Bounds } from '#libs/plans/domain/values.js';
import { POPULATIONS, type Population } from '#libs/plans/domain/vocabulary.js';
import { figuresAbout, ofType, type LineOf } from '../plans/standing-entries.js';
import type { AnnualFigure } from '../statistics/annual-figures.js';
import type { PartEvidence, UnusedFigure } from './queries.js';
import { eventsOf, evidencesOf, ReportedFigures, unitsOf, type Reported } from './reported.js';
import { yearEnd, type Part, type PartFinder, type PartScope } from './part.js';

export type Baseline = LineOf<'BaselineRecorded'>;
type PopulationLine = LineOf<'PopulationRecorded'>;

/** What a stock counts from: a checked report of the year, or a plan's baseline. */
export interface StockBase extends Pick<Bounds, 'low' | 'high'> {
  year: number;
  checked: boolean;
  /** 2022年末基期 12559个 */
  said: string;
  evidence: PartEvidence[];
  events: string[];
}

/**
 * What plans and checked annual statistics say about the regions that are asked about. The latest year until then goes
 * before older ones, and of one year the checked report before the plan.
 */
export class FigureBook {
  private readonly baselines: Map<RegionCode, Baseline[]>;
  private readonly populations: Map<RegionCode, PopulationLine[]>;

  private constructor(
    baselines: readonly Baseline[],
    populations: readonly PopulationLine[],
    private readonly reported: ReportedFigures,
  ) {
    this.baselines = grouped(baselines, ({ data }) => data.region);
    this.populations = grouped(populations, ({ data }) => data.region);
  }

  /** @param reported annual statistics that go before what plans print; none: what plans print alone */
  static async open(
    { database, regions, asOf }: Omit<PartScope, 'years' | 'quantities'>,
    reported: readonly AnnualFigure[] = [],
  ): Promise<FigureBook> {
    const types = ['BaselineRecorded', 'PopulationRecorded'] as const;
    const lines = await figuresAbout(database, regions, types, asOf);
    return new FigureBook(
      ofType(lines, 'BaselineRecorded'),
      ofType(lines, 'PopulationRecorded'),
      new ReportedFigures(reported),
    );
  }

  /** What a stock counts from, and what was recorded of it and does not count. */
  baseOf(
    wanted: Quantity,
    region: RegionCode,
    year: number,
  ): { base: StockBase | undefined; notUsed: UnusedFigure[] } {
    const baseline = this.baselineOf(wanted, region, year);
    const report = this.reported.latest(wanted.reported, region, year);
    const since = Math.max(baseline?.data.year ?? 0, report?.year ?? 0);
    const notUsed = this.reported.unchecked(wanted.reported, region, since, year);
    if (!report || report.year < since) return { base: baseline && printedBase(baseline), notUsed };
    return {
      base: reportedBase(wanted, report),
      notUsed: [...(baseline ? [outdone(evidenceOf(baseline), report.year)] : []), ...notUsed],
    };
  }

  /** The baseline of the latest year until then; of two of one year the one recorded last. */
  baselineOf(wanted: Quantity, region: RegionCode, year: number): Baseline | undefined {
    return baselineOf(this.baselines.get(region) ?? [], wanted, year);
  }

  /** The population of the latest year until then, by the count that the indicator prefers. */
  populationOf({ populations = [] }: Quantity, region: RegionCode, year: number): PopulationLine | undefined {
    const known = (this.populations.get(region) ?? []).filter(({ data }) => data.year <= year);
    for (const population of populations) {
      const found = latest(
        known.filter(({ data }) => data.population === population),
        ({ data }) => data.year,
      );
      if (found) return found;
    }
    return undefined;
  }

  /** Populations, and amounts that only statistics tell: those of the very year, since they do not add up over years. */
  readonly parts: PartFinder = (id, region, year) => {
    const wanted = quantity(id);
    if (wanted.populations) return this.populationPart(wanted, region, year);
    if (wanted.capacity ?? wanted.ledger ?? wanted.projects) return undefined;
    const { base, notUsed } = this.baseOf(wanted, region, year);
    return { ...statisticPart(wanted, base?.year === year ? base : undefined, year), notUsed };
  };

  /** By the count that the indicator prefers, wherever that is recorded. */
  private populationPart(wanted: Quantity, region: RegionCode, year: number): Part {
    const notUsed: UnusedFigure[] = [];
    for (const population of wanted.populations!) {
      const figure = REPORTED_POPULATIONS[population];
      const keys = figure && [figure];
      const line = this.populationOf({ ...wanted, populations: [population] }, region, year);
      const report = this.reported.latest(keys, region, year);
      const since = Math.max(line?.data.year ?? 0, report?.year ?? 0);
      notUsed.push(...this.reported.unchecked(keys, region, since, year));
      if (report?.year === since && since > 0) {
        if (line) notUsed.unshift(outdone(evidenceOf(line), report.year));
        return { ...reportedPeople(population, report), notUsed };
      }
      if (line) return { ...printedPeople(line), notUsed };
    }
    return { ...missing(`没有登记${wanted.label}`), notUsed };
  }
}

export function evidenceOf({ eventId, planId, data }: Baseline | PopulationLine): PartEvidence {
  const { document, locator } = data.source;
  const printed = 'printedAs' in data ? data.printedAs : printedText(data.value, data.unit);
  return { eventId, planId, document, locator, printed };
}

const outdone = (evidence: PartEvidence, year: number): UnusedFigure => ({
  ...evidence,
  why: `以${year}年已审核的统计数为准`,
});

function printedBase(baseline: Baseline): StockBase {
  const { data, eventId } = baseline;
  const { low, high } = boundsOf(data.value, data.unit)!;
  const evidence = evidenceOf(baseline);
  const said = `${data.year}年末基期 ${evidence.printed}`;
  return { year: data.year!, low, high, checked: false, said, evidence: [evidence], events: [eventId] };
}

function reportedBase({ unit }: Quantity, report: Reported): StockBase {
  const { year, value } = report;
  const said = `${year}年末已审核的统计数 ${exactText(value)}${unit}（${unitsOf(report)}）`;
  const [evidence, events] = [evidencesOf(report), eventsOf(report)];
  return { year, low: value, high: value, checked: true, said, evidence, events };
}

function printedPeople(line: PopulationLine): Part {
  const { data } = line;
  return {
    interval: exactly(fromDecimal(data.persons)),
    source: 'population',
    asOf: latestDay(line.effective),
    explanation: `${data.year}年${POPULATIONS[data.population]} ${data.printedAs}（${data.source.document}）`,
    evidence: [evidenceOf(line)],
    events: [line.eventId],
  };
}

function reportedPeople(population: Population, report: Reported): Part {
  const { year, value } = report;
  return {
    interval: exactly(value),
    source: 'statistics',
    asOf: yearEnd(year),
    explanation: `${year}年${POPULATIONS[population]} ${exactText(value)}人（已审核的统计数，${unitsOf(report)}）`,
    evidence: evidencesOf(report),
    events: eventsOf(report),
  };
}

function statisticPart({ label }: Quantity, base: StockBase | undefined, year: number): Part {
  if (!base?.low) return missing(`没有登记${year}年${label}`);
  return {
    interval: { low: base.low, high: base.high ?? null },
    source: base.checked ? 'statistics' : 'baseline',
    asOf: yearEnd(year),
    explanation: base.checked ? base.said : `${year}年登记 ${base.evidence[0]!.printed}`,
    evidence: base.evidence,
    events: base.events,
  };
}

export const missing = (explanation: string): Part => ({
  interval: null,
  source: 'missing',
  asOf: null,
  explanation,
  evidence: [],
  events: [],
});

function latest<T extends { position: string }>(
  lines: readonly T[],
  yearOf: (line: T) => number,
): T | undefined {
  return lines.reduce<T | undefined>(
    (best, line) => (best === undefined || yearOf(line) >= yearOf(best) ? line : best),
    undefined,
  );
}
