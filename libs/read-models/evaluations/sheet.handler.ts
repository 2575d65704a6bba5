import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { ItemScore } from '#libs/evaluation/domain/events.js';
import { printPoints, scoredSheet } from '#libs/evaluation/domain/sheet/score.js';
import { DEFAULT_SHEET, howScored } from '#libs/evaluation/domain/sheet/template.js';
import { regionName } from '#libs/kernel/regions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { SheetQuery, type GivenScore, type SheetView } from './queries.js';

/** As of $1 and $2, of region $3 and year $4; the last of an item stands. */
const SCORES = `
  select s.score, s.event_id, s.actor, s.recorded_at from read.evaluation_score s
  where s.region = $3 and s.year = $4 and ${asOfCondition('s')} order by s.position desc`;

interface Row {
  score: ItemScore;
  event_id: string;
  actor: Actor;
  recorded_at: Date;
}

@QueryHandler(SheetQuery)
export class SheetHandler implements IQueryHandler<SheetQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ region, year, asOf }: SheetQuery): Promise<SheetView> {
    const rows = await this.database.query<Row[]>(SCORES, [...asOfParameters(asOf), region, year]);
    const given = byItem(rows.map(givenOf));
    const { id, version, title, note, items } = DEFAULT_SHEET;
    const judged = items.filter(({ scoring }) => scoring.kind === 'judged');
    const scores = new Map([...given].map(([item, [last]]) => [item, last!]));
    const { total, weightScored, weightOpen } = scoredSheet({ ...DEFAULT_SHEET, items: judged }, {}, scores);
    return {
      region: { code: region, name: regionName(region) },
      year,
      sheet: { id, version, title, note },
      items: items.map((item) => {
        const [score = null, ...earlier] = given.get(item.id) ?? [];
        return { ...item, scoring: howScored(item), score, earlier };
      }),
      judged: { points: printPoints(total), weightScored, weightOpen },
    };
  }
}

function givenOf({ score, event_id, actor, recorded_at }: Row): GivenScore {
  return { ...score, eventId: event_id, actor, recordedAt: recorded_at.toISOString() };
}

function byItem(scores: readonly GivenScore[]): Map<string, GivenScore[]> {
  const found = new Map<string, GivenScore[]>();
  for (const score of scores) found.set(score.item, [...(found.get(score.item) ?? []), score]);
  return found;
}
