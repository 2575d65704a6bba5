import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { ReportedFigure } from '#libs/statistics/domain/events.js';
import { FIGURES } from '#libs/statistics/domain/figures.js';
import { labelled } from '../views.js';
import {
  STATISTICS_STEPS,
  StatisticsStepsQuery,
  type StatisticsStepKind,
  type StatisticsStepView,
} from './queries.js';

const STEPS = `
  select event_id, position, kind, unit, actor, known_at, data from read.statistics_step
  where region = $1 and period = $2 order by position`;

interface StepRow {
  event_id: string;
  position: string;
  kind: StatisticsStepKind;
  unit: string | null;
  actor: Actor;
  known_at: Date;
  data: { figures?: ReportedFigure[]; note?: string; reason?: string; explanation?: string };
}

@QueryHandler(StatisticsStepsQuery)
export class StatisticsStepsHandler implements IQueryHandler<StatisticsStepsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { region, period } }: StatisticsStepsQuery): Promise<StatisticsStepView[]> {
    return (await this.database.query<StepRow[]>(STEPS, [region, period])).map(viewOf);
  }
}

function viewOf({ event_id, position, kind, unit, actor, known_at, data }: StepRow): StatisticsStepView {
  return {
    eventId: event_id,
    position,
    kind: labelled(STATISTICS_STEPS, kind),
    unit,
    actor,
    recordedAt: known_at.toISOString(),
    figures: (data.figures ?? []).map(({ figure, value, source, documentNumber }) => ({
      figure: { key: figure, label: FIGURES[figure].label },
      unit: FIGURES[figure].unit,
      value,
      source,
      documentNumber: documentNumber ?? null,
    })),
    said: data.note ?? data.reason ?? data.explanation ?? null,
  };
}
