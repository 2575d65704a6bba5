import { moneyView, type MoneyView } from '#libs/kernel/money.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Cohort } from '#libs/findings/domain/cohorts.js';
import type { Timetable } from '#libs/findings/domain/rule-sets.js';
import { basisOf } from '#libs/findings/domain/basis.js';
import { HANDLING_STATES, type HandlingState } from '#libs/findings/domain/handling.js';
import { findingId } from '#libs/findings/domain/handling-events.js';
import {
  SEVERITIES,
  severityOn,
  type FindingItem,
  type Outcome,
  type Severity,
} from '#libs/findings/domain/outcome.js';
import { RULE_CATEGORIES } from '#libs/findings/domain/rule.js';
import { besideCohort } from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import { SUBJECT_KINDS, type SubjectKind } from '#libs/findings/domain/subjects.js';
import { PROJECT_CATEGORIES, type ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { labelled, regionSet } from '../views.js';
import { FINDING_STATUSES, type FindingItemView, type FindingStatus, type FindingView } from './queries.js';

export interface FindingRow {
  subject_id: string;
  rule: string;
  rule_no: number;
  entered: string;
  subject_kind: SubjectKind;
  name: string;
  category: ProjectCategory | null;
  regions: RegionCode[];
  status: FindingStatus;
  severity: Severity | null;
  fails_from: string | null;
  handling: HandlingState;
  reopened: boolean;
  basis: string | null;
  known_at: Date;
  outcome: Outcome;
}

/** What a question that judges anew says of an outcome on a day: as the SQL of lists does. */
export function judgedColumns(
  outcome: Outcome,
  day: string,
): Pick<FindingRow, 'status' | 'severity' | 'fails_from' | 'basis'> {
  if (outcome.kind !== 'fail') return { status: outcome.kind, severity: null, fails_from: null, basis: null };
  const steps = outcome.items.flatMap((item) => item.steps);
  const severity = severityOn({ steps }, day) ?? null;
  return {
    status: severity === null ? 'ripening' : 'failing',
    severity,
    fails_from: steps.map(({ from }) => from).toSorted()[0] ?? null,
    basis: basisOf(outcome.items),
  };
}

/** Names of the cohorts that the row's items were compared with. */
export function cohortsIn({ outcome }: FindingRow): string[] {
  return itemsOf(outcome).flatMap(({ figures }) => figures['cohort'] ?? []);
}

/** How costs of a cohort lie, for the figures of what was compared with them. */
export type CohortLookup = (key: string) => Cohort | undefined;

/** @param timetable which rule sets are in force for the subject */
export function findingView(
  row: FindingRow,
  day: string,
  cohorts: CohortLookup,
  timetable: Timetable,
): FindingView {
  const { subject_id, subject_kind, name, outcome } = row;
  const { id, version, title, category, basis } = ruleOf(row.rule)!;
  const ruleSet = timetable.ruleSetOn(row.fails_from ?? day);
  return {
    id: findingId({ rule: id, subjectId: subject_id }),
    rule: { id, version, title, category: labelled(RULE_CATEGORIES, category), basis },
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    subject: { kind: labelled(SUBJECT_KINDS, subject_kind), id: subject_id, name },
    project: subject_kind === 'project' ? { id: subject_id, name } : null,
    category: row.category && labelled(PROJECT_CATEGORIES, row.category),
    regions: regionSet(row.regions),
    status: labelled(FINDING_STATUSES, row.status),
    severity: row.severity && labelled(SEVERITIES, row.severity),
    failsFrom: row.fails_from,
    items: itemsOf(outcome).map((item) => itemView(item, day, cohorts)),
    why: outcome.kind === 'notApplicable' ? outcome.why : null,
    handling: labelled(HANDLING_STATES, row.handling),
    reopened: row.reopened,
    basis: row.basis,
    knownSince: row.known_at.toISOString(),
  };
}

function itemsOf(outcome: Outcome): readonly FindingItem[] {
  return outcome.kind === 'fail' ? outcome.items : [];
}

function itemView(item: FindingItem, day: string, cohorts: CohortLookup): FindingItemView {
  const cohort = cohorts(item.figures['cohort'] ?? '');
  const { figures, events, among = [], sentence } = cohort ? besideCohort(item, cohort) : item;
  const severity = severityOn(item, day);
  return {
    severity: severity === undefined ? null : labelled(SEVERITIES, severity),
    failsFrom: item.steps.map(({ from }) => from).toSorted()[0]!,
    figures: Object.fromEntries(Object.entries(figures).map(figureView)),
    events: [...new Set([...events, ...among])],
    sentence,
  };
}

function figureView([name, value]: [string, string]): [string, string | MoneyView] {
  return name.endsWith('Fen') ? [name.slice(0, -3), moneyView(BigInt(value))] : [name, value];
}
