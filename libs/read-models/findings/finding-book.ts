import type { ClientBase } from 'pg';
import type { RegionCode } from '#libs/kernel/regions.js';
import { basisOf } from '#libs/findings/domain/basis.js';
import { SEVERITIES, type Outcome, type Severity } from '#libs/findings/domain/outcome.js';
import type { SubjectKind } from '#libs/findings/domain/subjects.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { copyLine, copyRows, type CopyValue } from '../copy.js';

/** Where and when an outcome was new. */
export interface Moment {
  position: string;
  recordedAt: string;
}

/** What a finding is about, as lists name it and are asked by it. */
export interface Subject {
  id: string;
  kind: SubjectKind;
  name: string;
  /** Of a project; null for what has none. */
  category: ProjectCategory | null;
  /** A finding is found in, and handled from, a region that contains them all. */
  regions: readonly RegionCode[];
}

/** Where judges say what they find: in the batch of a projection, or in answer to a question. */
export interface Sayings {
  /** Reads what stands about these subjects. */
  load(ids: readonly string[]): Promise<void>;
  /** How the subject is named from now on. */
  show(subject: Subject, moment: Moment): void;
  /** What a rule says of the subject from now on. */
  say(subjectId: string, rule: string, outcome: Outcome, moment: Moment): void;
}

interface NewResult extends Moment {
  subjectId: string;
  rule: string;
  outcome: Outcome;
  text: string;
}

const COLUMNS = [
  'subject_id',
  'rule',
  'position',
  'known_at',
  'kind',
  'warning_from',
  'error_from',
  'critical_from',
  'basis',
  'outcome',
] as const;
const TYPES = ['text', 'text', 'text', 'timestamptz', 'text', 'date', 'date', 'date', 'text', 'json'];
const REFRESH = `
  insert into finding_current (${COLUMNS.join(', ')})
  select * from unnest(${TYPES.map((type, n) => `$${n + 1}::${type}[]`).join(', ')})
  on conflict (subject_id, rule) do update set
    ${COLUMNS.slice(2)
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`;

const OUTCOMES_OF = `
  select subject_id, rule, outcome::text as outcome from finding_current where subject_id = any($1::text[])`;
const SUBJECTS_OF = `
  select distinct on (subject_id) subject_id, entered, kind, name, category, regions
  from finding_subject where subject_id = any($1::text[]) order by subject_id, position desc`;
const SUBJECT_COLUMNS = [
  'subject_id',
  'position',
  'known_at',
  'entered',
  'kind',
  'name',
  'category',
  'regions',
] as const;

/** What the rules say in one batch: kept where it differs from what stood before, written at once at the end. */
export class FindingBook implements Sayings {
  private readonly rows: NewResult[] = [];
  /** Text of the outcome that stands, by subject and rule. */
  private readonly stood = new Map<string, Map<string, string>>();
  /** How subjects were shown, oldest first. */
  private readonly shown = new Map<string, Shown[]>();
  private subjectLines = '';

  constructor(private readonly client: ClientBase) {}

  /** A subject that is not loaded is taken to have nothing said of it. */
  async load(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const outcomes = await this.client.query<{ subject_id: string; rule: string; outcome: string }>(
      OUTCOMES_OF,
      [ids],
    );
    for (const { subject_id, rule, outcome } of outcomes.rows) this.stoodOf(subject_id).set(rule, outcome);
    const subjects = await this.client.query<Omit<Subject, 'id'> & { subject_id: string; entered: string }>(
      SUBJECTS_OF,
      [ids],
    );
    for (const { subject_id, entered, ...subject } of subjects.rows) {
      this.shown.set(subject_id, [{ entered, from: '', text: textOf(subject), regions: subject.regions }]);
    }
  }

  /** Whether nothing was said of the subject so far. */
  isNew(subjectId: string): boolean {
    return this.stoodOf(subjectId).size === 0;
  }

  show(subject: Subject, { position, recordedAt }: Moment): void {
    const { id, kind, name, category } = subject;
    const regions = subject.regions.toSorted();
    const text = textOf({ kind, name, category, regions });
    const before = this.shown.get(id) ?? [];
    if (before.at(-1)?.text === text) return;
    const entered = before.at(-1)?.entered ?? position;
    this.shown.set(id, [...before, { entered, from: position, text, regions }]);
    const array = `{${regions.join(',')}}`;
    this.subjectLines += copyLine([id, position, recordedAt, entered, kind, name, category, array]);
  }

  /** The regions of a subject at a position not before the batch; those it came with, where it came at that moment. */
  regionsAt(subjectId: string, position: string): readonly RegionCode[] {
    const shown = this.shown.get(subjectId) ?? [];
    return (shown.findLast(({ from }) => from <= position) ?? shown[0])?.regions ?? [];
  }

  say(subjectId: string, rule: string, outcome: Outcome, moment: Moment): void {
    const stood = this.stoodOf(subjectId);
    const text = JSON.stringify(outcome);
    if (stood.get(rule) === text) return;
    stood.set(rule, text);
    this.rows.push({ subjectId, rule, outcome, text, ...moment });
  }

  async write(): Promise<void> {
    await copyRows(this.client, 'finding_subject', SUBJECT_COLUMNS, this.subjectLines);
    this.subjectLines = '';
    const rows = this.rows.splice(0).map(valuesOf);
    if (rows.length === 0) return;
    await copyRows(this.client, 'finding_result', COLUMNS, rows.map(copyLine).join(''));
    const last = [...new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row])).values()];
    await this.client.query({
      name: 'finding-current-upsert',
      text: REFRESH,
      values: COLUMNS.map((_, column) => last.map((row) => row[column])),
    });
  }

  private stoodOf(subjectId: string): Map<string, string> {
    let stood = this.stood.get(subjectId);
    if (!stood) this.stood.set(subjectId, (stood = new Map<string, string>()));
    return stood;
  }
}

/** A way of showing a subject, and the position from which it holds. */
interface Shown {
  entered: string;
  from: string;
  text: string;
  regions: readonly RegionCode[];
}

const textOf = ({ kind, name, category, regions }: Omit<Subject, 'id'>): string =>
  JSON.stringify([kind, name, category, regions]);

function valuesOf({ subjectId, rule, position, recordedAt, outcome, text }: NewResult): CopyValue[] {
  const items = outcome.kind === 'fail' ? outcome.items : [];
  const from = (severity: Severity) =>
    items
      .flatMap(({ steps }) => steps)
      .filter((step) => step.severity === severity)
      .map((step) => step.from)
      .toSorted()[0] ?? null;
  const days = (Object.keys(SEVERITIES) as Severity[]).map(from);
  const basis = outcome.kind === 'fail' ? basisOf(outcome.items) : null;
  return [subjectId, rule, position, recordedAt, outcome.kind, ...days, basis, text];
}
