import type { ClientBase } from 'pg';
import { DEFAULT_PARAMETERS } from '#libs/findings/domain/default-rule-set.js';
import { addToDossier, emptyDossier, type Dossier } from '#libs/findings/domain/dossier.js';
import {
  c2,
  comparableOf,
  NOT_COMPARABLE,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import type { DatedProjectEvent, RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { CostBook } from './cost-book.js';
import { ResultRows, type Moment } from './result-rows.js';

const FACTS_OF = `
  select project_id, event_id, event_type, effective, data
  from finding_fact where project_id = any($1::uuid[]) order by project_id, revision`;
const OUTCOMES_OF = `
  select project_id, rule, outcome::text as outcome from finding_current where project_id = any($1::uuid[])`;
const COSTS_OF = 'select project_id, comparable from finding_cost where project_id = any($1::uuid[])';
const SUBJECTS_OF = `
  select distinct on (project_id) project_id, entered, name, category, regions
  from finding_subject where project_id = any($1::uuid[]) order by project_id, position desc`;
const SUBJECT_COLUMNS = [
  'project_id',
  'position',
  'known_at',
  'entered',
  'name',
  'category',
  'regions',
] as const;

const RULES_OF_ONE = RULES.filter(({ id }) => id !== c2.id);
const NO_COHORT = () => undefined;

/** A project of the batch: its dossier, and what was said of it so far. */
interface Subject {
  dossier: Dossier;
  entered: string | undefined;
  shown: string;
}

/** Judges the projects that a batch touches, moment by moment. Four reads and five writes, whatever the batch. */
export class Assessment {
  private readonly results = new ResultRows();
  private readonly stood = new Map<string, Map<string, string>>();
  private readonly subjects = new Map<string, Subject>();
  private readonly costs = new Map<string, Comparable>();
  private readonly book: CostBook;
  private subjectLines = '';

  private constructor(private readonly client: ClientBase) {
    this.book = new CostBook(client, this.results, (id) => this.stoodOf(id), this.costs);
  }

  /** Loads what is known of the projects before the batch. */
  static async of(client: ClientBase, events: readonly RecordedProjectEvent[]): Promise<Assessment> {
    const assessment = new Assessment(client);
    const ids = [...new Set(events.map(({ projectId }) => projectId))];
    if (ids.length > 0) await assessment.load(ids);
    return assessment;
  }

  /** Events that were recorded of a project at one time are judged together: between them nobody knew anything. */
  async run(events: readonly RecordedProjectEvent[]): Promise<void> {
    let touched = new Set<string>();
    for (const [n, event] of events.entries()) {
      const { dossier } = this.subjects.get(event.projectId)!;
      addToDossier(dossier, event);
      touched.add(event.type === 'EntryReversed' ? event.data.reversed.type : event.type);
      const next = events[n + 1];
      const { recordedAt } = event.envelope;
      if (next?.projectId === event.projectId && next.envelope.recordedAt === recordedAt) continue;
      await this.judge(event.projectId, touched, { position: event.position, recordedAt });
      touched = new Set();
    }
    await this.book.write();
    await this.results.write(this.client);
    await copyRows(this.client, 'finding_subject', SUBJECT_COLUMNS, this.subjectLines);
  }

  private async judge(projectId: string, touched: ReadonlySet<string>, moment: Moment): Promise<void> {
    const subject = this.subjects.get(projectId)!;
    this.show(projectId, subject, moment);
    const stood = this.stoodOf(projectId);
    const isNew = stood.size === 0;
    for (const rule of RULES_OF_ONE) {
      if (!isNew && !rule.reads.some((type) => touched.has(type))) continue;
      const outcome = rule.evaluate(subject.dossier, DEFAULT_PARAMETERS, NO_COHORT);
      this.results.add(projectId, rule.id, outcome, moment, stood);
    }
    if (!isNew && !c2.reads.some((type) => touched.has(type))) return;
    const comparable = comparableOf(subject.dossier);
    await this.book.update(projectId, comparable, moment);
    if (!comparable) this.results.add(projectId, c2.id, NOT_COMPARABLE, moment, stood);
  }

  private show(projectId: string, subject: Subject, { position, recordedAt }: Moment): void {
    const { details } = subject.dossier;
    if (!details) return;
    const regions = details.regions.toSorted();
    const shown = JSON.stringify([details.name, details.category, regions]);
    if (shown === subject.shown) return;
    subject.shown = shown;
    subject.entered ??= position;
    const { entered } = subject;
    const array = `{${regions.join(',')}}`;
    this.subjectLines += copyLine([
      projectId,
      position,
      recordedAt,
      entered,
      details.name,
      details.category,
      array,
    ]);
  }

  private stoodOf(projectId: string): Map<string, string> {
    let stood = this.stood.get(projectId);
    if (!stood) this.stood.set(projectId, (stood = new Map<string, string>()));
    return stood;
  }

  private async load(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.subjects.set(id, { dossier: emptyDossier(), entered: undefined, shown: '' });
    }
    const facts = await this.client.query<{
      project_id: string;
      event_id: string;
      event_type: string;
      effective: string;
      data: object;
    }>(FACTS_OF, [ids]);
    for (const { project_id, event_id, event_type, effective, data } of facts.rows) {
      const event = { id: event_id, type: event_type, effectiveDate: effective, data } as DatedProjectEvent;
      addToDossier(this.subjects.get(project_id)!.dossier, event);
    }
    const outcomes = await this.client.query<{ project_id: string; rule: string; outcome: string }>(
      OUTCOMES_OF,
      [ids],
    );
    for (const { project_id, rule, outcome } of outcomes.rows) this.stoodOf(project_id).set(rule, outcome);
    const costs = await this.client.query<{ project_id: string; comparable: Comparable }>(COSTS_OF, [ids]);
    for (const { project_id, comparable } of costs.rows) this.costs.set(project_id, comparable);
    const subjects = await this.client.query<{
      project_id: string;
      entered: string;
      name: string;
      category: string;
      regions: string[];
    }>(SUBJECTS_OF, [ids]);
    for (const { project_id, entered, name, category, regions } of subjects.rows) {
      const subject = this.subjects.get(project_id)!;
      subject.entered = entered;
      subject.shown = JSON.stringify([name, category, regions]);
    }
  }
}
