import { regionPrefix } from '#libs/kernel/regions.js';
import {
  addToDossiers,
  counterpartOf,
  emptyDossier,
  REALLOCATIONS,
  type Dossier,
} from '#libs/findings/domain/dossier.js';
import {
  c2,
  comparableOf,
  NOT_COMPARABLE,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import type { Timetable } from '#libs/findings/domain/rule-sets.js';
import { PROJECT_RULES } from '#libs/findings/domain/rules/rules.js';
import { SUPPLY_READS, supplyOf, type Supply } from '#libs/findings/domain/supply.js';
import { projectStream } from '#libs/projects/domain/events.js';
import type { DatedProjectEvent, RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf } from '../facts.js';
import { CostBook } from './cost-book.js';
import type { Moment } from './finding-book.js';
import { isOneCommand } from './moments.js';
import type { Bench, SubjectJudge } from './subject-judge.js';

const FACT_COLUMNS = [
  'project_id',
  'revision',
  'event_id',
  'event_type',
  'effective',
  'data',
  'position',
  'known_at',
  'effective_to',
  'counterpart',
] as const;
const FACTS_OF = `
  select project_id, event_id, event_type, effective, data
  from finding_fact where project_id = any($1::uuid[]) or counterpart = any($1::uuid[]) order by position`;
const COSTS_OF = 'select project_id, comparable from finding_cost where project_id = any($1::uuid[])';

const RULES_OF_ONE = PROJECT_RULES.filter(({ id }) => id !== c2.id);
const NO_COHORT = () => undefined;

const IN_REGION = `
  select distinct subject_id from finding_subject
  where kind = 'project' and exists (select from unnest(regions) region where starts_with(region, $1))
  order by subject_id`;
/** How many projects are judged again at a time. */
const AGAIN_AT_ONCE = 500;

/** Judges the projects that a batch touches. Four reads and five writes, whatever the batch. */
export const projectJudge: SubjectJudge = {
  rules: PROJECT_RULES,
  streamPrefixes: [],
  async judge({ facts }, bench) {
    if (facts.length === 0) return;
    const ids = new Set(facts.flatMap((fact) => [fact.projectId, counterpartOf(fact) ?? fact.projectId]));
    const assessment = await Assessment.of(bench, [...ids]);
    await copyRows(bench.client, 'finding_fact', FACT_COLUMNS, facts.map(factLine).join(''));
    await assessment.run(facts);
  },
  async judgeAgain(region, moment, bench) {
    const { client, book, rules } = bench;
    const prefix = regionPrefix(region);
    const { rows } = await client.query<{ subject_id: string }>(IN_REGION, [prefix]);
    for (let at = 0; at < rows.length; at += AGAIN_AT_ONCE) {
      const ids = rows.slice(at, at + AGAIN_AT_ONCE).map(({ subject_id }) => subject_id);
      const assessment = await Assessment.of(bench, ids);
      for (const id of ids) assessment.judgeAgain(id, moment);
      await book.write();
    }
    await new CostBook(client, book, rules, new Map()).judgeAgain(prefix, moment);
  },
  async judgeOfADay({ book, rules, wants, projects, cohorts }) {
    const judging = PROJECT_RULES.filter(wants);
    const beside = judging.includes(c2) ? await cohorts() : NO_COHORT;
    for (const { id, dossier, knownSince } of await projects()) {
      const { name, category, regions } = dossier.details!;
      const moment = { position: '', recordedAt: knownSince.toISOString() };
      const timetable = rules.timetableFor(regions);
      book.show({ id, kind: 'project', name, category, regions }, moment);
      for (const rule of judging) {
        book.say(id, rule.id, timetable.admit(rule, rule.evaluate(dossier, timetable, beside)), moment);
      }
    }
  },
};

function factLine(event: RecordedProjectEvent): string {
  const { projectId, revision, id, type, effectiveDate, data } = event;
  const { position, recordedAt, effectiveTo } = factOf(event).stamp;
  const text = JSON.stringify(data);
  const stamp = [position, recordedAt, effectiveTo, counterpartOf(event) ?? null];
  return copyLine([projectId, revision, id, type, effectiveDate, text, ...stamp]);
}

class Assessment {
  private readonly dossiers = new Map<string, Dossier>();
  private readonly costs = new Map<string, Comparable>();
  /** Key of the timetable that each project was last judged by. */
  private readonly judgedBy = new Map<string, string>();
  private readonly costBook: CostBook;

  private constructor(private readonly bench: Bench) {
    this.costBook = new CostBook(bench.client, bench.book, bench.rules, this.costs);
  }

  /** Loads what is known of the projects before the batch. */
  static async of(bench: Bench, ids: readonly string[]): Promise<Assessment> {
    const assessment = new Assessment(bench);
    await assessment.load(ids);
    return assessment;
  }

  /** Events of one command are judged together: between them nobody knew anything. */
  async run(events: readonly RecordedProjectEvent[]): Promise<void> {
    let touched = new Set<string>();
    let others = new Set<string>();
    const supplies = new Map<string, Supply>();
    for (const [n, event] of events.entries()) {
      if (!supplies.has(event.projectId)) {
        supplies.set(event.projectId, supplyOf(this.dossiers.get(event.projectId)!));
      }
      addToDossiers((id) => this.dossiers.get(id), event);
      const other = counterpartOf(event);
      if (other !== undefined) others.add(other);
      touched.add(event.type === 'EntryReversed' ? event.data.reversed.type : event.type);
      const next = events[n + 1];
      const { recordedAt } = event;
      const isSameTime = next?.projectId === event.projectId && next.recordedAt === recordedAt;
      if (isSameTime && isOneCommand(event, next)) continue;
      const moment = { position: event.position, recordedAt };
      await this.judge(event.projectId, touched, moment);
      if (SUPPLY_READS.some((type) => touched.has(type))) this.supplied(event, supplies);
      for (const id of others) await this.judgeCounterpart(id, moment);
      [touched, others] = [new Set(), new Set()];
    }
    await this.costBook.write();
  }

  /** What one project recorded of a reallocation is news to the other, if that is in the pool. */
  private async judgeCounterpart(projectId: string, moment: Moment): Promise<void> {
    if (this.dossiers.get(projectId)!.details) await this.judge(projectId, new Set(REALLOCATIONS), moment);
  }

  private supplied(event: RecordedProjectEvent, supplies: Map<string, Supply>): void {
    const { projectId, position, recordedAt } = event;
    const [before, after] = [supplies.get(projectId)!, supplyOf(this.dossiers.get(projectId)!)];
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    supplies.set(projectId, after);
    this.bench.supply.push({ before, after, stream: projectStream(projectId), position, recordedAt, event });
  }

  /** By all rules that look at nothing but the project itself. */
  private judgeAlone(projectId: string, moment: Moment, touched?: ReadonlySet<string>): void {
    const dossier = this.dossiers.get(projectId)!;
    const timetable = this.timetableOf(projectId);
    for (const rule of RULES_OF_ONE) {
      if (touched && !rule.reads.some((type) => touched.has(type))) continue;
      const outcome = timetable.admit(rule, rule.evaluate(dossier, timetable, NO_COHORT));
      this.bench.book.say(projectId, rule.id, outcome, moment);
    }
  }

  /** What has costs to compare is judged with its cohort. */
  judgeAgain(projectId: string, moment: Moment): void {
    this.judgeAlone(projectId, moment);
    if (comparableOf(this.dossiers.get(projectId)!)) return;
    const outcome = this.timetableOf(projectId).admit(c2, NOT_COMPARABLE);
    this.bench.book.say(projectId, c2.id, outcome, moment);
  }

  private async judge(projectId: string, touched: ReadonlySet<string>, moment: Moment): Promise<void> {
    const { book } = this.bench;
    const dossier = this.dossiers.get(projectId)!;
    if (dossier.details) {
      const { name, category, regions } = dossier.details;
      book.show({ id: projectId, kind: 'project', name, category, regions }, moment);
    }
    const timetable = this.timetableOf(projectId);
    const isNew = book.isNew(projectId);
    const moved = timetable.key !== this.judgedBy.get(projectId);
    this.judgedBy.set(projectId, timetable.key);
    this.judgeAlone(projectId, moment, isNew || moved ? undefined : touched);
    if (!isNew && !c2.reads.some((type) => touched.has(type))) return;
    const comparable = comparableOf(dossier);
    await this.costBook.update(projectId, comparable, moment);
    if (!comparable) book.say(projectId, c2.id, timetable.admit(c2, NOT_COMPARABLE), moment);
  }

  private timetableOf(projectId: string): Timetable {
    return this.bench.rules.timetableFor(this.dossiers.get(projectId)!.details?.regions ?? []);
  }

  private async load(ids: readonly string[]): Promise<void> {
    const { client, book } = this.bench;
    for (const id of ids) this.dossiers.set(id, emptyDossier());
    const facts = await client.query<{
      project_id: string;
      event_id: string;
      event_type: string;
      effective: string;
      data: object;
    }>(FACTS_OF, [ids]);
    for (const { project_id, event_id, event_type, effective, data } of facts.rows) {
      const event = { id: event_id, type: event_type, effectiveDate: effective, data } as DatedProjectEvent;
      addToDossiers((id) => this.dossiers.get(id), { ...event, projectId: project_id });
    }
    for (const id of ids) this.judgedBy.set(id, this.timetableOf(id).key);
    await book.load(ids);
    const costs = await client.query<{ project_id: string; comparable: Comparable }>(COSTS_OF, [ids]);
    for (const { project_id, comparable } of costs.rows) this.costs.set(project_id, comparable);
  }
}
