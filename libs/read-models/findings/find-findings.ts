import type { DataSource } from 'typeorm';
import { chinaDay, isPartialDate } from '#libs/kernel/partial-date.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Cohort } from '#libs/findings/domain/cohorts.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import { asOfParameters } from '../as-of.js';
import { COHORTS_SQL, findingsSql, RULE_IDS } from './findings-sql.js';
import { cohortsIn, findingView, type CohortLookup, type FindingRow } from './finding-view.js';
import { judgedFindings } from './judged-findings.js';
import { RuleBook } from './rule-book.js';
import { readAdoptions } from './rule-sets.handler.js';
import type { FindingFilter, FindingMoment, FindingView } from './queries.js';

/** Subjects that one event brought into being are told apart by their id. */
export type FindingPlace = readonly [ruleNo: string, entered: string, subjectId: string];

/** A finding with the place it has in a list. */
export interface PlacedFinding {
  place: FindingPlace;
  view: FindingView;
}

/** Findings in their order, with the figures of the cohorts that some were compared with. */
export async function findFindings(
  database: DataSource,
  filter: FindingFilter,
  page: { after?: FindingPlace; limit: number },
): Promise<PlacedFinding[]> {
  const day = dayAsked(filter);
  const adoptions = await readAdoptions(database, filter.asKnownAt);
  const rules = new RuleBook(adoptions);
  const { rows, cohorts } = await rowsFor(database, filter, day, rules, page);
  return rows.map((row) => ({
    place: placeOf(row),
    view: findingView(row, day, cohorts, rules.timetableFor(row.regions)),
  }));
}

interface Found {
  rows: FindingRow[];
  cohorts: CohortLookup;
}

async function rowsFor(
  database: DataSource,
  filter: FindingFilter,
  day: string,
  rules: RuleBook,
  { after, limit }: { after?: FindingPlace; limit: number },
): Promise<Found> {
  const { asEffectiveOn } = filter;
  const [asKnownAt] = asOfParameters(filter);
  if (asEffectiveOn !== undefined) {
    const { rows, cohorts } = await judgedFindings(database, { ...filter, asEffectiveOn }, day, rules);
    rows.sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
    const rest = rows.filter((row) => !after || comparePlaces(placeOf(row), after) > 0);
    return { rows: rest.slice(0, limit), cohorts };
  }
  const rows = await database.query<FindingRow[]>(findingsSql(asKnownAt !== null), [
    asKnownAt,
    day,
    rulesAsked(filter),
    filter.severity ?? null,
    filter.status ?? null,
    filter.handling ?? null,
    filter.category ?? null,
    filter.region === undefined ? null : regionPrefix(filter.region),
    filter.subjectId ?? filter.projectId ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
    filter.subjectKind ?? null,
    after?.[2] ?? null,
  ]);
  const cohorts = await readCohorts(database, asKnownAt, rows.flatMap(cohortsIn));
  return { rows, cohorts: (key) => cohorts.get(key) };
}

const placeOf = ({ rule_no, entered, subject_id }: FindingRow): FindingPlace => [
  String(rule_no),
  entered,
  subject_id,
];

export function comparePlaces(a: FindingPlace, b: FindingPlace): number {
  const byRule = Number(a[0]) - Number(b[0]);
  if (byRule !== 0) return byRule;
  const [left, right] = [`${a[1]} ${a[2]}`, `${b[1]} ${b[2]}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The day asked for: that of the facts where none is named, else today. @throws Refusal `asOf.unreadable` */
export function dayAsked({ on: asked, asEffectiveOn }: FindingMoment): string {
  const on = asked ?? asEffectiveOn;
  if (on === undefined) return chinaDay(new Date());
  if (on.length === 10 && isPartialDate(on)) return on;
  throw new Refusal('asOf.unreadable', `“${on}”不是可识别的日期（应为年-月-日）`, { on });
}

/** Rules keep their number in the whole list, so that a cursor means the same under any filter. */
function rulesAsked({ rule, ruleCategory }: FindingFilter): (string | null)[] {
  return RULE_IDS.map((id) => {
    const asked =
      (rule === undefined || rule === id) &&
      (ruleCategory === undefined || ruleOf(id)!.category === ruleCategory);
    return asked ? id : null;
  });
}

/** How the cohorts of these names lay, as known then. */
export async function readCohorts(
  database: Pick<DataSource, 'query'>,
  asKnownAt: string | null,
  keys: readonly string[],
): Promise<Map<string, Cohort>> {
  if (keys.length === 0) return new Map();
  const rows = await database.query<
    { cohort: string; projects: number; median_part: string; median_of: string }[]
  >(COHORTS_SQL, [asKnownAt, [...new Set(keys)]]);
  return new Map(
    rows.map(({ cohort, projects, median_part, median_of }) => [
      cohort,
      { projects, median: { part: BigInt(median_part), of: BigInt(median_of) } },
    ]),
  );
}
