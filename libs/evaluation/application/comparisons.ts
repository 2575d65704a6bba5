import type { SealedTexts } from '#libs/database/sealed-texts.js';
import { checkedLimit, pageOf, readCursor, type Page, type PageRequest } from '#libs/read-models/paging.js';
import type { EvaluationView } from '#libs/read-models/evaluations/queries.js';
import type { Ask } from '#libs/read-models/read-model-query.js';
import { EventsBetweenQuery, type BriefEvent } from '#libs/read-models/timeline/queries.js';
import type { Sealed } from '../domain/events.js';
import { differences, type Difference } from '../snapshot/differences.js';

const LIST = 'evaluation-differences';
const MOST_EVENTS = 20;

/** What differs, with the events of its project that were recorded between the two snapshots. */
export interface ExplainedDifference extends Difference {
  /** Empty for sums: their projects stand among the differences themselves. */
  events: BriefEvent[];
}

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
  { texts, ask }: { texts: SealedTexts; ask: Ask },
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
  const projects = found.flatMap((each) => subjectOf(each) ?? []);
  // Positions of two stores cannot be compared.
  const events =
    projects.length > 0 && from.storeId === to.storeId
      ? await ask(
          new EventsBetweenQuery({ projects, after: from.position, upTo: to.position, most: MOST_EVENTS }),
        )
      : new Map<string, BriefEvent[]>();
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
