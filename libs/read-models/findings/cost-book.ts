import type { ClientBase } from 'pg';
import type { Cohort, CohortKey } from '#libs/findings/domain/cohorts.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import {
  c2,
  costLimits,
  costOutcome,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { copyLine, copyRows } from '../copy.js';
import { CostCohort, type Member } from './cost-cohort.js';
import type { FindingBook, Moment } from './finding-book.js';
import type { RuleBook } from './rule-book.js';

const MEMBERS_OF = `
  select cost.project_id, cost.comparable, result.kind
  from finding_cost cost
  left join finding_current result on result.subject_id = cost.project_id::text and result.rule = '${c2.id}'
  where cost.cohort = $1`;
const COHORTS_IN = `
  select distinct cohort from finding_cost
  where exists (select from json_array_elements_text(comparable->'regions') region where starts_with(region, $1))
  order by cohort`;
const COHORT_COLUMNS = ['cohort', 'position', 'known_at', 'projects', 'median_part', 'median_of'] as const;

/**
 * The costs that projects are compared by. One project that comes, goes or changes moves the median of its cohort, and
 * so may bring others in or out: they are judged again, at the position of the event that moved it.
 */
export class CostBook {
  private readonly cohorts = new Map<CohortKey, CostCohort>();
  private readonly changed = new Map<string, Comparable | undefined>();
  private lines = '';

  constructor(
    private readonly client: ClientBase,
    private readonly book: FindingBook,
    private readonly rules: RuleBook,
    /** What stood of the touched projects before the batch. */
    private readonly before: ReadonlyMap<string, Comparable>,
  ) {}

  /** Brings one project up to date. Does nothing where what is compared is the same. */
  async update(projectId: string, now: Comparable | undefined, moment: Moment): Promise<void> {
    const was = this.changed.has(projectId) ? this.changed.get(projectId) : this.before.get(projectId);
    if (JSON.stringify(was) === JSON.stringify(now)) return;
    this.changed.set(projectId, now);
    if (was) (await this.cohortOf(was.cohort)).remove(projectId, was);
    if (now) (await this.cohortOf(now.cohort)).add({ projectId, comparable: now, kind: undefined });
    for (const key of new Set([was?.cohort, now?.cohort])) if (key) await this.judge(key, moment);
  }

  async write(): Promise<void> {
    if (this.changed.size === 0) return;
    await copyRows(this.client, 'finding_cohort', COHORT_COLUMNS, this.lines);
    await this.client.query('delete from finding_cost where project_id = any($1::uuid[])', [
      [...this.changed.keys()],
    ]);
    const kept = [...this.changed].flatMap(([projectId, comparable]) =>
      comparable ? [copyLine([projectId, comparable.cohort, JSON.stringify(comparable)])] : [],
    );
    await copyRows(this.client, 'finding_cost', ['project_id', 'cohort', 'comparable'], kept.join(''));
  }

  private async judge(key: CohortKey, moment: Moment): Promise<void> {
    const { cohort, changed } = (await this.cohortOf(key)).judge();
    this.lines += cohortLine(key, cohort, moment);
    // As long as its own facts are the same, a project's outcome changes only with its kind.
    for (const member of changed) this.say(member, moment);
  }

  /** Judges all that stand in a region by other rules: what they are compared with is the same. */
  async judgeAgain(prefix: string, moment: Moment): Promise<void> {
    const { rows } = await this.client.query<{ cohort: CohortKey }>(COHORTS_IN, [prefix]);
    for (const { cohort } of rows) {
      const members = (await this.membersOf(cohort)).map((member) => ({ ...member, kind: undefined }));
      await this.book.load(members.map(({ projectId }) => projectId));
      for (const member of this.cohortWith(members).judge().changed) this.say(member, moment);
    }
  }

  private say({ projectId, comparable, kind }: Member, moment: Moment): void {
    const timetable = this.rules.timetableFor(comparable.regions);
    this.book.say(projectId, c2.id, timetable.admit(c2, costOutcome(comparable, kind!, timetable)), moment);
  }

  private async cohortOf(key: CohortKey): Promise<CostCohort> {
    const loaded = this.cohorts.get(key);
    if (loaded) return loaded;
    const cohort = this.cohortWith(await this.membersOf(key));
    this.cohorts.set(key, cohort);
    return cohort;
  }

  private cohortWith(members: readonly Member[]): CostCohort {
    return new CostCohort(members, ({ since, regions }) =>
      costLimits(since, this.rules.timetableFor(regions)),
    );
  }

  private async membersOf(key: CohortKey): Promise<Member[]> {
    const { rows } = await this.client.query<{
      project_id: string;
      comparable: Comparable;
      kind: Outcome['kind'] | null;
    }>(MEMBERS_OF, [key]);
    return rows.map(({ project_id, comparable, kind }) => ({
      projectId: project_id,
      comparable,
      kind: kind ?? undefined,
    }));
  }
}

/** A cohort that lost its last project has no median. */
function cohortLine(key: CohortKey, cohort: Cohort | undefined, { position, recordedAt }: Moment): string {
  const { part, of } = cohort?.median ?? { part: 0n, of: 1n };
  return copyLine([key, position, recordedAt, cohort?.projects ?? 0, part.toString(), of.toString()]);
}
