import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { compare, exactText, fromDecimal, minus } from '#libs/kernel/rational.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, regionName } from '#libs/kernel/regions.js';
import { COMPARED, facilitiesOf } from '#libs/plans/domain/indicators/facilities.js';
import { quantity } from '#libs/plans/domain/indicators/quantities.js';
import { FIGURE_SCOPES } from '#libs/plans/domain/vocabulary.js';
import { FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import { readPeriod } from '#libs/statistics/domain/period.js';
import { capacityMovements } from '../indicators/capacity-parts.js';
import { FigureBook } from '../indicators/figure-book.js';
import { labelled } from '../views.js';
import {
  RecordedStatisticsQuery,
  type FigureComparison,
  type RecordedFigure,
  type RecordedStatistics,
} from './queries.js';
import { standingReports, type Explanation } from './standing-reports.js';

@QueryHandler(RecordedStatisticsQuery)
export class RecordedStatisticsHandler implements IQueryHandler<RecordedStatisticsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { region, period } }: RecordedStatisticsQuery): Promise<RecordedStatistics> {
    const read = readPeriod(period);
    if (!isRegionCode(region))
      throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
    if (!read) {
      const message = `报告期“${period}”有误，应如 2025、2025-H1、2025-Q3 或 2025-06`;
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
    const scope = { database: this.database, regions: [region], asOf: {} };
    const printed = await FigureBook.open(scope);
    const moved = await capacityMovements(scope);
    const values = new Map(figures.map(({ figure, value }) => [figure.key, value]));
    return COMPARED.map((id) => {
      const { label, reported: parts = [], capacity } = quantity(id);
      const known = parts.map((part) => values.get(part));
      const recorded = known.every((value) => typeof value === 'string')
        ? fromDecimal(String(known.reduce((sum, value) => sum + BigInt(value), 0n)))
        : null;
      const { base } = printed.baseOf(quantity(id), region, year);
      const movements = moved(capacity!, region, { after: base?.year ?? 0, until: year });
      const net = movements.added - movements.removed;
      const facilities = facilitiesOf(base, net, movements.unscoped);
      const derived = facilitiesOf(base, net, 0);
      return {
        label,
        scope: labelled(FIGURE_SCOPES, capacity!.scope),
        figures: [...parts],
        recorded: recorded && exactText(recorded),
        derived: exactText(derived),
        unscoped: exactText(minus(facilities, derived)),
        difference: recorded && exactText(minus(recorded, facilities)),
        exceeds: recorded !== null && compare(recorded, facilities) > 0,
        explanations: explanations
          .filter(({ figure }) => parts.includes(figure as FigureKey))
          .map(({ explanation, eventId }) => ({ explanation, eventId })),
      };
    });
  }
}
