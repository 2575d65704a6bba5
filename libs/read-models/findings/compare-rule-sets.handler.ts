import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { CohortKey, Cohorts } from '#libs/findings/domain/cohorts.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import { alwaysBy, timetableOf, type Timetable } from '#libs/findings/domain/rule-sets.js';
import { PROJECT_RULES, RULES } from '#libs/findings/domain/rules/rules.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { inOneState } from '../one-state.js';
import { checkedLimit, pageOf, readCursor } from '../paging.js';
import { comparePlaces, dayAsked, type FindingPlace } from './find-findings.js';
import { findingView, judgedColumns, type FindingRow } from './finding-view.js';
import { cohortsAsOf, projectsAsOf, type JudgedProject } from './judging.js';
import type { FindingView } from './queries.js';
import { readAdoptions, ruleSetNamed } from './rule-sets.handler.js';
import {
  CompareRuleSetsQuery,
  type ComparisonAsked,
  type JudgedComparison,
  type JudgedDifference,
  type JudgedSide,
  type RuleSetRef,
} from './rule-set-queries.js';

const LIST = 'rule-set-comparison';

/** Judges anew, by both sets: the answer rests on the facts alone, not on what was said at the time. */
@QueryHandler(CompareRuleSetsQuery)
export class CompareRuleSetsHandler implements IQueryHandler<CompareRuleSetsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: CompareRuleSetsQuery): Promise<JudgedComparison> {
    const { cursor, limit, rule, ...asked } = params;
    checkedLimit(limit);
    if (asked.region === undefined && asked.projectId === undefined) {
      throw new Refusal('ruleSet.noScope', '请指明地区或项目', {});
    }
    const on = dayAsked(asked);
    const { projects, cohorts } = await inOneState(this.database, async (reader) => {
      const found = await projectsAsOf(reader, asked);
      return { projects: found, cohorts: await cohortsAsOf(reader, asked, found) };
    });
    const sets = await this.setsFor(asked, on, projects);
    const rules = PROJECT_RULES.filter(({ id }) => rule === undefined || rule === id);
    const differences: { place: FindingPlace; view: JudgedDifference }[] = [];
    for (const project of projects) {
      for (const each of rules) {
        const say = (timetable: Timetable) =>
          timetable.admit(each, each.evaluate(project.dossier, timetable, cohorts));
        const [left, right] = [say(sets.left.timetable), say(sets.right.timetable)];
        if (digestOf(left) === digestOf(right)) continue;
        const ruleNo = RULES.findIndex(({ id }) => id === each.id) + 1;
        const view = differenceView(
          project,
          each.id,
          [
            [left, sets.left.timetable],
            [right, sets.right.timetable],
          ],
          on,
          cohorts,
        );
        differences.push({ place: [String(ruleNo), project.entered, project.id], view });
      }
    }
    differences.sort((a, b) => comparePlaces(a.place, b.place));
    const after =
      cursor === undefined
        ? undefined
        : (readCursor(LIST, cursor, [/^\d{1,3}$/u, /^\S+$/u, /^\S+$/u]) as [string, string, string]);
    const rest = differences.filter(({ place }) => !after || comparePlaces(place, after) > 0);
    const page = pageOf(LIST, rest.slice(0, limit + 1), limit, ({ place }) => place);
    const compared = projects.length * rules.length;
    return {
      left: sets.left.ref,
      right: sets.right.ref,
      on,
      same: compared - differences.length,
      compared,
      items: page.items.map(({ view }) => view),
      nextCursor: page.nextCursor,
    };
  }

  private async setsFor(asked: ComparisonAsked, on: string, projects: readonly JudgedProject[]) {
    const adoptions = await readAdoptions(this.database);
    const regions =
      asked.region === undefined ? (projects[0]?.dossier.details?.regions ?? []) : [asked.region];
    const timetable = timetableOf(adoptions, regions);
    const named = (name: string | undefined, day: string) => {
      const found =
        name === undefined ? timetable.ruleSetOn(day) : ruleSetNamed(adoptions, ...readName(name));
      if (!found) throw new Refusal('ruleSet.unknown', `没有规则集“${name}”（应为 标识@版本）`, { name });
      const ref: RuleSetRef = { id: found.id, version: found.version, title: found.title };
      return { ref, timetable: alwaysBy(found) };
    };
    return { left: named(asked.left, on), right: named(asked.right, chinaDay(new Date())) };
  }
}

/** `id@version`; what is not read so names no set. */
function readName(name: string): [id: string, version: number] {
  const at = name.lastIndexOf('@');
  return [name.slice(0, at), Number(name.slice(at + 1))];
}

function differenceView(
  { id, entered, dossier, knownSince }: JudgedProject,
  ruleId: string,
  outcomes: readonly [Outcome, Timetable][],
  on: string,
  cohorts: Cohorts,
): JudgedDifference {
  const { name, category, regions } = dossier.details!;
  const [left, right] = outcomes.map(([outcome, timetable]) => {
    const row: FindingRow = {
      subject_id: id,
      rule: ruleId,
      rule_no: 0,
      entered,
      subject_kind: 'project',
      name,
      category,
      regions,
      ...judgedColumns(outcome, on),
      handling: 'open',
      reopened: false,
      known_at: knownSince,
      outcome,
    };
    return findingView(row, on, (key) => cohorts(key as CohortKey), timetable);
  }) as [FindingView, FindingView];
  const side = ({ status, severity, failsFrom, items, why }: FindingView): JudgedSide => ({
    status,
    severity,
    failsFrom,
    items,
    why,
  });
  const { rule, subject } = left;
  return {
    id: left.id,
    rule,
    subject,
    category: left.category,
    regions: left.regions,
    left: side(left),
    right: side(right),
  };
}
