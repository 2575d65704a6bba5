import { latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { compare } from '#libs/kernel/rational.js';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { cohortOf, type CohortKey, type Cohorts } from '#libs/findings/domain/cohorts.js';
import { addToDossiers, emptyDossier, factsOf, type Dossier } from '#libs/findings/domain/dossier.js';
import {
  c2,
  comparableOf,
  unitCostOf,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { asOfParameters } from '../as-of.js';
import type { Reader } from '../one-state.js';
import type { AsOf } from '../views.js';

/** Which projects are judged anew, and by what was known and effective when. */
export interface Asked extends AsOf {
  region?: RegionCode;
  projectId?: string;
}

export interface JudgedProject {
  id: string;
  /** Place in lists. */
  entered: string;
  dossier: Dossier;
  /** When the last of its facts became known. */
  knownSince: Date;
}

/** Facts as known at $1 and effective on $2 (null: no bound). */
export const asOfFact = (alias: string): string =>
  `($1::timestamptz is null or ${alias}.known_at <= $1) and ($2::date is null or ${alias}.effective_to <= $2)`;

/** The last day that a date can mean; of a reversal, not before that of what it takes back. */
export function lastDayOf(date: PartialDate, reversed: PartialDate = date): string {
  const [own, of] = [latestDay(date), latestDay(reversed)];
  return own > of ? own : of;
}

const AT_ONCE = 500;
const SUBJECTS = `
  select subject_id as id, min(entered) as entered from finding_subject
  where kind = 'project' and ($1::text is null or subject_id = $1)
    and ($2::text is null or exists (select from unnest(regions) region where starts_with(region, $2)))
  group by subject_id order by min(entered), subject_id`;
const FACTS = `
  select project_id, event_id as id, event_type as type, effective as "effectiveDate", data, known_at
  from finding_fact f
  where (project_id = any($3::uuid[]) or counterpart = any($3::uuid[])) and ($4::text[] is null or event_type = any($4)) and ${asOfFact('f')}
  order by position`;

/** The projects asked for, folded from their facts: what the answer for another day or set rests on. */
export async function projectsAsOf(reader: Reader, asked: Asked): Promise<JudgedProject[]> {
  const projects = [];
  for await (const project of folded(reader, asked, null)) projects.push(project);
  return projects;
}

/** How costs lay then. All projects of the prefectures that these stand in count, also those that were not asked for. */
export async function cohortsAsOf(
  reader: Reader,
  asked: Asked,
  projects: readonly JudgedProject[],
): Promise<Cohorts> {
  const byCohort = new Map<CohortKey, Comparable[]>();
  const types = [...c2.reads, 'EntryReversed'];
  const { region: _region, projectId: _projectId, ...moments } = asked;
  const prefectures = projects.map(({ dossier }) => (dossier.details?.regions[0] ?? '').slice(0, 4));
  for (const prefecture of new Set(prefectures)) {
    for await (const { dossier } of folded(reader, { ...moments, region: `${prefecture}00` }, types)) {
      const comparable = comparableOf(dossier);
      if (!comparable || comparable.cohort.split('/')[1] !== prefecture) continue;
      byCohort.set(comparable.cohort, [...(byCohort.get(comparable.cohort) ?? []), comparable]);
    }
  }
  const cohorts = new Map(
    [...byCohort].map(([key, members]) => [key, cohortOf(members.map(unitCostOf).sort(compare))] as const),
  );
  return (key) => cohorts.get(key);
}

async function* folded(
  reader: Reader,
  asked: Asked,
  types: readonly string[] | null,
): AsyncGenerator<JudgedProject> {
  const prefix = asked.region === undefined ? null : regionPrefix(asked.region);
  const { rows: subjects } = await reader.query<{ id: string; entered: string }>(SUBJECTS, [
    asked.projectId ?? null,
    prefix,
  ]);
  for (let at = 0; at < subjects.length; at += AT_ONCE) {
    const some = subjects.slice(at, at + AT_ONCE);
    const projects = new Map<string, JudgedProject>();
    for (const { id, entered } of some) {
      projects.set(id, { id, entered, dossier: emptyDossier(), knownSince: new Date(0) });
    }
    const facts = await reader.query<DatedProjectEvent & { project_id: string; known_at: Date }>(FACTS, [
      ...asOfParameters(asked),
      [...projects.keys()],
      types,
    ]);
    for (const { project_id, known_at, ...event } of facts.rows) {
      addToDossiers((id) => projects.get(id)?.dossier, { ...event, projectId: project_id });
      const project = projects.get(project_id);
      if (project && known_at > project.knownSince) project.knownSince = known_at;
    }
    for (const project of projects.values()) {
      // What was revised from a day before the project came into the pool says nothing of one that is not in it.
      if (factsOf(project.dossier, 'ProjectEnteredPool').length === 0) continue;
      const { regions } = project.dossier.details!;
      if (prefix === null || regions.some((each) => each.startsWith(prefix))) yield project;
    }
  }
}
