import type { DataSource } from 'typeorm';
import type { SealedTexts } from '#libs/database/sealed-texts.js';
import { checkedLimit, pageOf, readCursor, type Page, type PageRequest } from '#libs/read-models/paging.js';
import type { EvaluationView } from '#libs/read-models/evaluations/queries.js';
import { EVENT_LABELS } from '#libs/projects/domain/event-labels.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import type { Sealed } from '../domain/events.js';
import { differences, type Difference } from '../snapshot/differences.js';

const LIST = 'evaluation-differences';
const MOST_EVENTS = 20;

export interface DifferenceEvent {
  eventId: string;
  type: string;
  /** 下达. */
  typeLabel: string;
  position: string;
  recordedAt: string;
}

/** What differs, with the events of its project that were recorded between the two snapshots. */
export interface ExplainedDifference extends Difference {
  /** Empty for sums: their projects stand among the differences themselves. */
  events: DifferenceEvent[];
}

/** Behind the position of one snapshot, up to that of the other. */
const EVENTS_BETWEEN = `
  select project_id, event_id, event_type, position, recorded_at from (
    select *, row_number() over (partition by project_id order by position desc) as nth
    from read.timeline_event where project_id = any($1::uuid[]) and position > $2 and position <= $3) told
  where nth <= ${MOST_EVENTS} order by position`;

const SUBJECT = /(?:^project|^[A-Z]\d+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** What was sealed before it of the same region and year, last; undefined where it is the first. @param all latest first */
export const sealedBefore = (
  all: readonly EvaluationView[],
  { region, year, eventPosition }: EvaluationView,
): EvaluationView | undefined =>
  all.find(
    (each) => each.region.code === region.code && each.year === year && each.eventPosition < eventPosition,
  );

/** A page of what differs from one snapshot to a later one. @throws Refusal `evaluation.…`, `paging.…` */
export async function differencePage(
  { texts, database }: { texts: SealedTexts; database: DataSource },
  { from, to }: { from: Sealed; to: Sealed },
  request: PageRequest,
): Promise<Page<ExplainedDifference>> {
  const limit = checkedLimit(request.limit);
  const after =
    request.cursor === undefined ? undefined : readCursor(LIST, request.cursor, [/^\w+$/u, /^\S+$/u]);
  const found: Difference[] = [];
  for await (const difference of differences(from, to, (digest) => texts.entries(digest))) {
    if (after && !isBehind(difference, after)) continue;
    found.push(difference);
    if (found.length > limit) break;
  }
  const events = await eventsOf(
    database,
    from,
    to,
    found.flatMap((each) => subjectOf(each) ?? []),
  );
  const explained = found.map((each) => ({ ...each, events: events.get(subjectOf(each) ?? '') ?? [] }));
  return pageOf(LIST, explained, limit, ({ section, key }) => [section, key]);
}

function isBehind(
  { section, key }: Difference,
  [afterSection = '', afterKey = '']: readonly string[],
): boolean {
  return section > afterSection || (section === afterSection && key > afterKey);
}

const subjectOf = ({ key }: Difference): string | undefined => SUBJECT.exec(key)?.[1];

async function eventsOf(
  database: DataSource,
  from: Sealed,
  to: Sealed,
  projects: readonly string[],
): Promise<Map<string, DifferenceEvent[]>> {
  const events = new Map<string, DifferenceEvent[]>();
  // Positions of two stores cannot be compared.
  if (projects.length === 0 || from.storeId !== to.storeId) return events;
  const rows = await database.query<
    {
      project_id: string;
      event_id: string;
      event_type: ProjectEventType;
      position: string;
      recorded_at: Date;
    }[]
  >(EVENTS_BETWEEN, [projects, from.position, to.position]);
  for (const { project_id, event_id, event_type, position, recorded_at } of rows) {
    const event = {
      eventId: event_id,
      type: event_type,
      typeLabel: EVENT_LABELS[event_type],
      position,
      recordedAt: recorded_at.toISOString(),
    };
    events.set(project_id, [...(events.get(project_id) ?? []), event]);
  }
  return events;
}
