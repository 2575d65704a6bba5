import type { ClientBase } from 'pg';
import { DEFAULT_PARAMETERS } from '#libs/findings/domain/default-rule-set.js';
import { addToDossier, emptyDossier, type Dossier } from '#libs/findings/domain/dossier.js';
import {
  c2,
  comparableOf,
  NOT_COMPARABLE,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { PROJECT_RULES } from '#libs/findings/domain/rules/rules.js';
import type { DatedProjectEvent, RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf } from '../facts.js';
import { CostBook } from './cost-book.js';
import type { FindingBook, Moment } from './finding-book.js';
import type { SubjectJudge } from './subject-judge.js';

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
] as const;
const FACTS_OF = `
  select project_id, event_id, event_type, effective, data
  from finding_fact where project_id = any($1::uuid[]) order by project_id, revision`;
const COSTS_OF = 'select project_id, comparable from finding_cost where project_id = any($1::uuid[])';

const RULES_OF_ONE = PROJECT_RULES.filter(({ id }) => id !== c2.id);
const NO_COHORT = () => undefined;

/** Judges the projects that a batch touches. Four reads and five writes, whatever the batch. */
export const projectJudge: SubjectJudge = {
  streamPrefixes: [],
  async judge({ facts }, client, book) {
    if (facts.length === 0) return 0;
    const assessment = await Assessment.of(client, book, facts);
    await copyRows(client, 'finding_fact', FACT_COLUMNS, facts.map(factLine).join(''));
    await assessment.run(facts);
    return 0;
  },
};

function factLine(event: RecordedProjectEvent): string {
  const { projectId, revision, id, type, effectiveDate, data } = event;
  const { position, recordedAt, effectiveTo } = factOf(event).stamp;
  const text = JSON.stringify(data);
  return copyLine([projectId, revision, id, type, effectiveDate, text, position, recordedAt, effectiveTo]);
}

class Assessment {
  private readonly dossiers = new Map<string, Dossier>();
  private readonly costs = new Map<string, Comparable>();
  private readonly costBook: CostBook;

  private constructor(
    private readonly client: ClientBase,
    private readonly book: FindingBook,
  ) {
    this.costBook = new CostBook(client, book, this.costs);
  }

  /** Loads what is known of the projects before the batch. */
  static async of(
    client: ClientBase,
    book: FindingBook,
    facts: readonly RecordedProjectEvent[],
  ): Promise<Assessment> {
    const assessment = new Assessment(client, book);
    await assessment.load([...new Set(facts.map(({ projectId }) => projectId))]);
    return assessment;
  }

  /** Events that were recorded of a project at one time are judged together: between them nobody knew anything. */
  async run(events: readonly RecordedProjectEvent[]): Promise<void> {
    let touched = new Set<string>();
    for (const [n, event] of events.entries()) {
      addToDossier(this.dossiers.get(event.projectId)!, event);
      touched.add(event.type === 'EntryReversed' ? event.data.reversed.type : event.type);
      const next = events[n + 1];
      const { recordedAt } = event.envelope;
      if (next?.projectId === event.projectId && next.envelope.recordedAt === recordedAt) continue;
      await this.judge(event.projectId, touched, { position: event.position, recordedAt });
      touched = new Set();
    }
    await this.costBook.write();
  }

  private async judge(projectId: string, touched: ReadonlySet<string>, moment: Moment): Promise<void> {
    const dossier = this.dossiers.get(projectId)!;
    if (dossier.details) {
      const { name, category, regions } = dossier.details;
      this.book.show({ id: projectId, kind: 'project', name, category, regions }, moment);
    }
    const isNew = this.book.isNew(projectId);
    for (const rule of RULES_OF_ONE) {
      if (!isNew && !rule.reads.some((type) => touched.has(type))) continue;
      const outcome = rule.evaluate(dossier, DEFAULT_PARAMETERS, NO_COHORT);
      this.book.say(projectId, rule.id, outcome, moment);
    }
    if (!isNew && !c2.reads.some((type) => touched.has(type))) return;
    const comparable = comparableOf(dossier);
    await this.costBook.update(projectId, comparable, moment);
    if (!comparable) this.book.say(projectId, c2.id, NOT_COMPARABLE, moment);
  }

  private async load(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.dossiers.set(id, emptyDossier());
    const facts = await this.client.query<{
      project_id: string;
      event_id: string;
      event_type: string;
      effective: string;
      data: object;
    }>(FACTS_OF, [ids]);
    for (const { project_id, event_id, event_type, effective, data } of facts.rows) {
      const event = { id: event_id, type: event_type, effectiveDate: effective, data } as DatedProjectEvent;
      addToDossier(this.dossiers.get(project_id)!, event);
    }
    await this.book.load(ids);
    const costs = await this.client.query<{ project_id: string; comparable: Comparable }>(COSTS_OF, [ids]);
    for (const { project_id, comparable } of costs.rows) this.costs.set(project_id, comparable);
  }
}
