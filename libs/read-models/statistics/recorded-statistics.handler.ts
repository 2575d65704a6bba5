import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { CapacityKind } from '#libs/kernel/capacity.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, regionName } from '#libs/kernel/regions.js';
import { FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import { readPeriod } from '#libs/statistics/domain/period.js';
import { YearlyCountsQuery } from '../yearly-counts/queries.js';
import { YearlyCountsHandler } from '../yearly-counts/yearly-counts.handler.js';
import {
  RecordedStatisticsQuery,
  type FigureComparison,
  type RecordedFigure,
  type RecordedStatistics,
} from './queries.js';
import { standingReports, type Explanation } from './standing-reports.js';

/** Recorded figures that together are of the scope that yearly counts have. */
const COMPARED: readonly { label: string; kind: CapacityKind; figures: FigureKey[] }[] = [
  {
    label: '养老床位(机构、社区、家庭)',
    kind: 'beds',
    figures: ['institutionBeds', 'communityBeds', 'homeBeds'],
  },
  { label: '护理型床位(统计只含机构)', kind: 'nursingBeds', figures: ['institutionNursingBeds'] },
  { label: '托位', kind: 'places', figures: ['places'] },
  { label: '普惠托位', kind: 'inclusivePlaces', figures: ['inclusivePlaces'] },
];

@QueryHandler(RecordedStatisticsQuery)
export class RecordedStatisticsHandler implements IQueryHandler<RecordedStatisticsQuery> {
  constructor(
    private readonly database: DataSource,
    private readonly counts: YearlyCountsHandler,
  ) {}

  async execute({ params: { region, period } }: RecordedStatisticsQuery): Promise<RecordedStatistics> {
    const read = readPeriod(period);
    if (!isRegionCode(region))
      throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
    if (!read) {
      const message = `报告期“${period}”有误,应如 2025、2025-H1、2025-Q3 或 2025-06`;
      throw new Refusal('statistics.badPeriod', message, { period });
    }
    const scope = { prefix: region, period, onDay: chinaDay(new Date()) };
    const { reports, explanations } = await standingReports(this.database, scope);
    const figures = reports
      .filter(({ status }) => status === 'checked')
      .flatMap(({ duty, submission }): RecordedFigure[] =>
        submission!.figures.map(({ figure, value, source, documentNumber }) => ({
          figure: { key: figure, label: FIGURES[figure].label },
          unit: FIGURES[figure].unit,
          value,
          reportedBy: duty.unit,
          source,
          documentNumber: documentNumber ?? null,
          eventId: submission!.id,
          position: submission!.position,
        })),
      );
    const comparisons =
      read.kind === 'year' ? await this.compare(region, read.year, figures, explanations) : [];
    return { region: { key: region, label: regionName(region) }, period, figures, comparisons };
  }

  private async compare(
    region: string,
    year: number,
    figures: readonly RecordedFigure[],
    explanations: readonly Explanation[],
  ): Promise<FigureComparison[]> {
    const { total } = await this.counts.execute(new YearlyCountsQuery({ region, from: year, to: year }));
    const row = total.find((each) => each.year === year);
    const values = new Map(figures.map(({ figure, value }) => [figure.key, value]));
    return COMPARED.map(({ label, kind, figures: parts }) => {
      const known = parts.map((part) => values.get(part));
      const recorded = known.every((value) => typeof value === 'string')
        ? known.reduce((sum, value) => sum + BigInt(value), 0n)
        : null;
      const derived = BigInt(row?.counts[kind].stockAtYearEnd ?? 0);
      return {
        label,
        figures: parts,
        recorded: recorded === null ? null : String(recorded),
        derived: String(derived),
        difference: recorded === null ? null : String(recorded - derived),
        exceeds: recorded !== null && recorded > derived,
        explanations: explanations
          .filter(({ figure }) => parts.includes(figure as FigureKey))
          .map(({ explanation, eventId }) => ({ explanation, eventId })),
      };
    });
  }
}
