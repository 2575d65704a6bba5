import type { DataSource } from 'typeorm';
import { chinaDay, isPartialDate } from '#libs/kernel/partial-date.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Cohort } from '#libs/findings/domain/cohorts.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import { asOfParameters } from '../as-of.js';
import { COHORTS_SQL, findingsSql, RULE_IDS } from './findings-sql.js';
import { cohortsIn, findingView, type FindingRow } from './finding-view.js';
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
  { after, limit }: { after?: FindingPlace; limit: number },
): Promise<PlacedFinding[]> {
  const day = dayAsked(filter);
  const [asKnownAt] = asOfParameters(filter);
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
  return rows.map((row) => ({
    place: [String(row.rule_no), row.entered, row.subject_id],
    view: findingView(row, day, cohorts),
  }));
}

/** The day asked for; today where none is named. @throws Refusal `asOf.unreadable` */
export function dayAsked({ on }: FindingMoment): string {
  if (on === undefined) return chinaDay(new Date());
  if (on.length === 10 && isPartialDate(on)) return on;
  throw new Refusal('asOf.unreadable', `“${on}”不是可识别的日期(应为年-月-日)`, { on });
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
