import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { latestDay } from '#libs/kernel/partial-date.js';
import { HANDLING_STATES, type StepKind } from '#libs/findings/domain/handling.js';
import { readFindingId } from '#libs/findings/domain/handling-events.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { asOfParameters } from '../as-of.js';
import { labelled } from '../views.js';
import { findFindings } from './find-findings.js';
import { STEPS_SQL } from './findings-sql.js';
import { FindingQuery, type FindingDetail, type FindingMoment } from './queries.js';

interface StepRow {
  event_id: string;
  kind: StepKind;
  effective: string;
  known_at: Date;
  actor: Actor;
  said: Record<string, string>;
  basis: string;
}

@QueryHandler(FindingQuery)
export class FindingHandler implements IQueryHandler<FindingQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ id, moment }: FindingQuery): Promise<FindingDetail | null> {
    const key = readFindingId(id);
    if (!key) return null;
    const [found] = await findFindings(this.database, { ...moment, ...key }, { limit: 1 });
    if (!found) return null;
    const [asKnownAt] = asOfParameters(moment);
    const steps = await this.database.query<StepRow[]>(STEPS_SQL, [asKnownAt, key.rule, key.subjectId]);
    return {
      ...found.view,
      steps: steps
        .filter(({ effective }) => isEffective(effective, moment))
        .map(({ event_id, kind, effective, known_at, actor, said, basis }) => ({
          eventId: event_id,
          kind: labelled(HANDLING_STATES, kind),
          effectiveDate: effective,
          recordedAt: known_at.toISOString(),
          actor,
          said,
          current: found.view.basis === null || basis === found.view.basis,
        })),
    };
  }
}

const isEffective = (effective: string, { asEffectiveOn }: FindingMoment): boolean =>
  asEffectiveOn === undefined || latestDay(effective) <= asEffectiveOn;
