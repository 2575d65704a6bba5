import type { DataSource } from 'typeorm';
import { latestDay } from '#libs/kernel/partial-date.js';
import type { Cohort } from '#libs/findings/domain/cohorts.js';
import type { HandlingState } from '#libs/findings/domain/handling.js';
import { PROJECT_RULES, RULES, ruleOf } from '#libs/findings/domain/rules/rules.js';
import { asOfParameters } from '../as-of.js';
import { judgedColumns, type FindingRow } from './finding-view.js';
import { cohortsAsOf, projectsAsOf } from './judging.js';
import type { FindingFilter } from './queries.js';
import type { RuleBook } from './rule-book.js';

/** What was done about findings of projects, as known at $1 and effective on $2; a printed month ends on its last day. */
const STEPS = `
  select rule, subject_id, kind, basis, effective from read.finding_step
  where ($1::timestamptz is null or known_at <= $1) and ($2::text is null or subject_id = $2) order by position`;

/**
 * Findings on projects as the facts of a day gave them: what was effective later is left out and the rules judge what
 * remains, since no outcome that was written down rests on the facts of that day alone.
 */
export async function judgedFindings(
  database: DataSource,
  filter: FindingFilter & { asEffectiveOn: string },
  day: string,
  rules: RuleBook,
): Promise<{ rows: FindingRow[]; cohorts: (key: string) => Cohort | undefined }> {
  const { asEffectiveOn } = filter;
  const projectId = filter.subjectId ?? filter.projectId;
  const asked = { ...filter, ...(projectId !== undefined && { projectId }) };
  const steps = await stepsAsOf(database, asked);
  const projects = [];
  for await (const project of projectsAsOf(database, asked)) projects.push(project);
  const prefectures = projects.map(({ dossier }) => (dossier.details?.regions[0] ?? '').slice(0, 4));
  const cohorts = await cohortsAsOf(database, asked, prefectures);
  const judging = PROJECT_RULES.filter(
    ({ id, category }) => (filter.rule ?? id) === id && (filter.ruleCategory ?? category) === category,
  );
  const rows = projects.flatMap(({ id, entered, dossier, knownSince }) => {
    const { name, category, regions } = dossier.details!;
    const timetable = rules.timetableFor(regions);
    return judging.map((rule): FindingRow => {
      const outcome = timetable.admit(rule, rule.evaluate(dossier, timetable, cohorts));
      const columns = judgedColumns(outcome, day);
      const step = steps
        .get(`${rule.id}-${id}`)
        ?.findLast(({ effective }) => latestDay(effective) <= asEffectiveOn);
      const speaks = step && (columns.basis === null || step.basis === columns.basis);
      return {
        subject_id: id,
        rule: rule.id,
        rule_no: RULES.indexOf(ruleOf(rule.id)!) + 1,
        entered,
        subject_kind: 'project',
        name,
        category,
        regions,
        ...columns,
        handling: speaks ? step.kind : 'open',
        reopened: columns.basis !== null && step !== undefined && !speaks,
        known_at: knownSince,
        outcome,
      };
    });
  });
  return { rows: rows.filter((row) => fits(row, filter)), cohorts: (key) => cohorts(key as never) };
}

function fits({ severity, status, handling, category }: FindingRow, filter: FindingFilter): boolean {
  return (
    (filter.severity ?? severity) === severity &&
    (filter.status ?? status) === status &&
    (filter.handling ?? handling) === handling &&
    (filter.category ?? category) === category &&
    (filter.subjectKind ?? 'project') === 'project'
  );
}

interface Step {
  rule: string;
  subject_id: string;
  kind: HandlingState;
  basis: string;
  effective: string;
}

async function stepsAsOf(database: DataSource, asked: FindingFilter): Promise<Map<string, Step[]>> {
  const [asKnownAt] = asOfParameters(asked);
  const steps = new Map<string, Step[]>();
  for (const step of await database.query<Step[]>(STEPS, [asKnownAt, asked.projectId ?? null])) {
    const key = `${step.rule}-${step.subject_id}`;
    const before = steps.get(key);
    if (before) before.push(step);
    else steps.set(key, [step]);
  }
  return steps;
}
