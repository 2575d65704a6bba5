import { grouped } from '#libs/kernel/grouped.js';
import { formatYuan } from '#libs/kernel/money.js';
import { fromDecimal, over, plus, type Rational } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import type { AnnualFigure } from '../statistics/annual-figures.js';
import type { PartEvidence, UnusedFigure } from './queries.js';

/** What the annual report of one year says of a number, all its figures known. */
export interface Reported {
  year: number;
  /** In 元 where the figures are money. */
  value: Rational;
  figures: readonly AnnualFigure[];
}

/** Checked annual statistics, and what is submitted and waits for its check. */
export class ReportedFigures {
  private readonly byRegion: Map<RegionCode, AnnualFigure[]>;

  constructor(figures: readonly AnnualFigure[]) {
    this.byRegion = grouped(figures, ({ region }) => region);
  }

  /** The latest year until then of which all these figures are checked and known; they are added up. */
  latest(keys: readonly FigureKey[] | undefined, region: RegionCode, until: number): Reported | undefined {
    return this.years(keys, region, until, ({ check }) => check !== null).at(-1);
  }

  /** What is submitted of the years after one, and not checked: it counts for nothing yet. */
  unchecked(
    keys: readonly FigureKey[] | undefined,
    region: RegionCode,
    after: number,
    until: number,
  ): UnusedFigure[] {
    return this.years(keys, region, until, () => true)
      .filter(({ year, figures }) => year > after && figures.some(({ check }) => check === null))
      .flatMap(({ figures }) => figures.map((figure) => ({ ...evidenceOf(figure), why: WAITS })));
  }

  private years(
    keys: readonly FigureKey[] | undefined,
    region: RegionCode,
    until: number,
    counts: (figure: AnnualFigure) => boolean,
  ): Reported[] {
    if (!keys) return [];
    const known = (this.byRegion.get(region) ?? []).filter(
      (each) => each.year <= until && each.value !== null && keys.includes(each.figure) && counts(each),
    );
    return [...grouped(known, ({ year }) => year)]
      .filter(([, figures]) => new Set(figures.map(({ figure }) => figure)).size === keys.length)
      .map(([year, figures]) => ({ year, value: sumOf(figures), figures }))
      .sort((a, b) => a.year - b.year);
  }
}

const WAITS = '已报未审核，不计';

function sumOf(figures: readonly AnnualFigure[]): Rational {
  const sum = figures.reduce((total, { value }) => plus(total, fromDecimal(value!)), fromDecimal('0'));
  return FIGURES[figures[0]!.figure].unit === '分' ? over(sum, fromDecimal('100')) : sum;
}

export const evidencesOf = ({ figures }: Reported): PartEvidence[] => figures.map(evidenceOf);
export const eventsOf = ({ figures }: Reported): string[] => [
  ...new Set(figures.flatMap(({ submission, check }) => [submission, ...(check === null ? [] : [check])])),
];
export const unitsOf = ({ figures }: Reported): string =>
  [...new Set(figures.map(({ reportedBy }) => reportedBy))].join('、');

function evidenceOf(figure: AnnualFigure): PartEvidence {
  const { submission, year, reportedBy, source, documentNumber, value } = figure;
  const { label, unit } = FIGURES[figure.figure];
  const printed = unit === '分' ? `${formatYuan(BigInt(value!))}元` : `${value}${unit}`;
  return {
    eventId: submission,
    planId: null,
    document: documentNumber ?? source,
    locator: `${year}年统计上报 ${reportedBy}`,
    printed: `${label} ${printed}`,
  };
}
