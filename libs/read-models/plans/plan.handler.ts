import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionName } from '#libs/kernel/regions.js';
import { printedText } from '#libs/plans/domain/values.js';
import { POPULATIONS } from '#libs/plans/domain/vocabulary.js';
import { labelled } from '../views.js';
import { planLines } from './plan-view.js';
import { FIGURE_KINDS, PlanQuery, type FigureKind, type PlanDetail, type PlanFigure } from './queries.js';
import type { LineOf, PlanLine } from './standing-entries.js';

type FigureLine = LineOf<'BaselineRecorded'> | LineOf<'PopulationRecorded'> | LineOf<'ForecastRecorded'>;

const KIND_OF: Record<FigureLine['type'], FigureKind> = {
  BaselineRecorded: 'baseline',
  PopulationRecorded: 'population',
  ForecastRecorded: 'forecast',
};

@QueryHandler(PlanQuery)
export class PlanHandler implements IQueryHandler<PlanQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PlanQuery): Promise<PlanDetail> {
    const { planId, ...asOf } = params;
    const { plan, lines } = await planLines(this.database, planId, asOf);
    return { plan, figures: lines.filter(isFigure).map(figureView) };
  }
}

const isFigure = (line: PlanLine): line is FigureLine => Object.hasOwn(KIND_OF, line.type);

function figureView({ type, eventId, data }: FigureLine): PlanFigure {
  const people = 'population' in data;
  return {
    eventId,
    kind: labelled(FIGURE_KINDS, KIND_OF[type]),
    indicator: people ? POPULATIONS[data.population] : data.indicator,
    printedName: data.printedName,
    region: { code: data.region, name: regionName(data.region) },
    year: data.year ?? null,
    printed: people ? data.printedAs : printedText(data.value, data.unit),
    ...data.source,
    note: data.note ?? null,
  };
}
