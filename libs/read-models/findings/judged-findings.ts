import type { DataSource } from 'typeorm';
import { latestDay } from '#libs/kernel/partial-date.js';
import type { CohortKey } from '#libs/findings/domain/cohorts.js';
import type { HandlingState } from '#libs/findings/domain/handling.js';
import type { RuleHead } from '#libs/findings/domain/rule.js';
import { RULES, ruleOf } from '#libs/findings/domain/rules/rules.js';
import type { SubjectKind } from '#libs/findings/domain/subjects.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { asOfParameters } from '../as-of.js';
import { inOneState, type Reader } from '../one-state.js';
import { cohortsIn, judgedColumns, type CohortLookup, type FindingRow } from './finding-view.js';
import { Gathering, type Said } from './gathering.js';
import { JUDGES } from './judges.js';
import { cohortsAsOf, projectsAsOf, type Asked } from './judging.js';
import type { FindingFilter } from './queries.js';
import type { RuleBook } from './rule-book.js';

/** What was done about findings, as known at $1; $2 the subject. */
const STEPS = `
  select rule, subject_id, kind, basis, effective from finding_step
  where ($1::timestamptz is null or known_at <= $1) and ($2::text is null or subject_id = $2) order by position`;
const ENTERED = `
  select subject_id, min(entered) as entered from finding_subject where subject_id = any($1::text[])
  group by subject_id`;
const KIND_OF = `
  select kind, regions from finding_subject where subject_id = $1 order by position desc limit 1`;

type Filter = FindingFilter & { asEffectiveOn: string };

/**
 * Findings as the facts of a day gave them: what was effective later is left out and the rules judge what remains,
 * since no outcome that was written down rests on the facts of that day alone.
 */
export function judgedFindings(
  database: DataSource,
  filter: Filter,
  day: string,
  rules: RuleBook,
): Promise<{ rows: FindingRow[]; cohorts: CohortLookup }> {
  return inOneState(database, async (reader) => {
    const asked = await scopeOf(reader, filter);
    if (!asked) return { rows: [], cohorts: () => undefined };
    const wants = ({ id, category, subject }: RuleHead) =>
      (filter.rule ?? id) === id &&
      (filter.ruleCategory ?? category) === category &&
      (asked.kind ?? subject) === subject;
    const book = new Gathering();
    const projects = once(() => projectsAsOf(reader, asked));
    const cohorts = once(async () => cohortsAsOf(reader, asked, await projects()));
    const bench = { reader, book, rules, asked, wants, projects, cohorts };
    for (const judge of JUDGES) if (judge.rules.some(wants)) await judge.judgeOfADay(bench);
    const id = filter.subjectId ?? filter.projectId;
    const said = book.said.filter(
      ({ rule, subject }) => wants(ruleOf(rule)!) && (id === undefined || subject.id === id),
    );
    const rows = (await rowsOf(reader, said, filter, day)).filter((row) => fits(row, filter));
    const beside = rows.some((row) => cohortsIn(row).length > 0) ? await cohorts() : undefined;
    return { rows, cohorts: (key) => beside?.(key as CohortKey) };
  });
}

/** Read at most once, and only where it is asked for. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** Where the facts are looked for, and of what kind; undefined where there is no such subject. */
async function scopeOf(
  reader: Reader,
  { subjectId, projectId, subjectKind, region, asKnownAt, asEffectiveOn }: Filter,
): Promise<(Asked & { kind?: SubjectKind }) | undefined> {
  const asked = {
    asEffectiveOn,
    ...(asKnownAt !== undefined && { asKnownAt }),
    ...(region !== undefined && { region }),
  };
  const id = subjectId ?? projectId;
  if (id === undefined) return { ...asked, ...(subjectKind && { kind: subjectKind }) };
  const { rows } = await reader.query<{ kind: SubjectKind; regions: string[] }>(KIND_OF, [id]);
  const [found] = rows;
  if (!found || (subjectKind ?? found.kind) !== found.kind) return undefined;
  if (found.kind === 'project') return { ...asked, kind: found.kind, projectId: id };
  return { ...asked, kind: found.kind, region: found.regions[0]! };
}

interface Step {
  rule: string;
  subject_id: string;
  kind: HandlingState;
  basis: string;
  effective: string;
}

async function rowsOf(
  reader: Reader,
  said: readonly Said[],
  filter: Filter,
  day: string,
): Promise<FindingRow[]> {
  const ids = [...new Set(said.map(({ subject }) => subject.id))];
  const entered = await reader.query<{ subject_id: string; entered: string }>(ENTERED, [ids]);
  const placeOf = new Map(entered.rows.map(({ subject_id, entered: place }) => [subject_id, place]));
  const [asKnownAt] = asOfParameters(filter);
  const { rows } = await reader.query<Step>(STEPS, [asKnownAt, ids.length === 1 ? ids[0] : null]);
  // A printed month ends on its last day.
  const done = rows.filter(({ effective }) => latestDay(effective) <= filter.asEffectiveOn);
  const steps = new Map(done.map((step) => [`${step.rule}-${step.subject_id}`, step]));
  return said.map(({ subject, rule, outcome, knownAt }): FindingRow => {
    const { id, kind, name, category, regions } = subject;
    const columns = judgedColumns(outcome, day);
    const step = steps.get(`${rule}-${id}`);
    const speaks = step && (columns.basis === null || step.basis === columns.basis);
    return {
      subject_id: id,
      rule,
      rule_no: RULES.indexOf(ruleOf(rule)!) + 1,
      entered: placeOf.get(id)!,
      subject_kind: kind,
      name,
      category,
      regions: [...regions],
      ...columns,
      handling: speaks ? step.kind : 'open',
      reopened: columns.basis !== null && step !== undefined && !speaks,
      known_at: new Date(knownAt),
      outcome,
    };
  });
}

function fits({ severity, status, handling, category, regions }: FindingRow, filter: FindingFilter): boolean {
  const prefix = filter.region === undefined ? '' : regionPrefix(filter.region);
  return (
    (filter.severity ?? severity) === severity &&
    (filter.status ?? status) === status &&
    (filter.handling ?? handling) === handling &&
    (filter.category ?? category) === category &&
    regions.some((region) => region.startsWith(prefix))
  );
}
