import { latestDay } from '#libs/kernel/partial-date.js';
import { fromDecimal } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { exactly } from '#libs/plans/domain/indicators/compute.js';
import { quantity, type Quantity } from '#libs/plans/domain/indicators/quantities.js';
import { baselineOf } from '#libs/plans/domain/indicators/stock.js';
import { boundsOf, printedText } from '#libs/plans/domain/values.js';
import { POPULATIONS } from '#libs/plans/domain/vocabulary.js';
import { figuresAbout, ofType, type LineOf } from '../plans/standing-entries.js';
import type { PartEvidence } from './queries.js';
import { yearEnd, type Part, type PartFinder, type PartScope } from './part.js';

export type Baseline = LineOf<'BaselineRecorded'>;
type PopulationLine = LineOf<'PopulationRecorded'>;

/** Baselines and populations recorded about the regions that are asked about. */
export class FigureBook {
  private readonly baselines = new Map<RegionCode, Baseline[]>();
  private readonly populations = new Map<RegionCode, PopulationLine[]>();

  private constructor(baselines: readonly Baseline[], populations: readonly PopulationLine[]) {
    for (const line of baselines) push(this.baselines, line.data.region, line);
    for (const line of populations) push(this.populations, line.data.region, line);
  }

  static async open({
    database,
    regions,
    asOf,
  }: Omit<PartScope, 'years' | 'quantities'>): Promise<FigureBook> {
    const types = ['BaselineRecorded', 'PopulationRecorded'] as const;
    const lines = await figuresAbout(database, regions, types, asOf);
    return new FigureBook(ofType(lines, 'BaselineRecorded'), ofType(lines, 'PopulationRecorded'));
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
    if (wanted.populations) return populationPart(wanted, this.populationOf(wanted, region, year));
    if (wanted.capacity ?? wanted.ledger ?? wanted.projects) return undefined;
    const figure = this.baselineOf(wanted, region, year);
    return statisticPart(wanted, figure?.data.year === year ? figure : undefined, year);
  };
}

export function evidenceOf({ eventId, planId, data }: Baseline | PopulationLine): PartEvidence {
  const { document, locator } = data.source;
  const printed = 'printedAs' in data ? data.printedAs : printedText(data.value, data.unit);
  return { eventId, planId, document, locator, printed };
}

function populationPart({ label }: Quantity, line: PopulationLine | undefined): Part {
  if (!line) return missing(`没有登记${label}`);
  const { data } = line;
  return {
    interval: exactly(fromDecimal(data.persons)),
    source: 'population',
    asOf: latestDay(line.effective),
    explanation: `${data.year}年${POPULATIONS[data.population]} ${data.printedAs}(${data.source.document})`,
    evidence: [evidenceOf(line)],
    events: [line.eventId],
  };
}

function statisticPart({ label }: Quantity, line: Baseline | undefined, year: number): Part {
  const bounds = line && boundsOf(line.data.value, line.data.unit);
  if (!line || !bounds?.low) return missing(`没有登记${year}年${label}`);
  return {
    interval: { low: bounds.low, high: bounds.high ?? null },
    source: 'baseline',
    asOf: yearEnd(year),
    explanation: `${year}年登记 ${evidenceOf(line).printed}`,
    evidence: [evidenceOf(line)],
    events: [line.eventId],
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

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
