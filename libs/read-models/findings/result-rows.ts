import type { ClientBase } from 'pg';
import { digestOf } from '#libs/kernel/canonical.js';
import { SEVERITIES, type Outcome, type Severity } from '#libs/findings/domain/outcome.js';
import { copyLine, copyRows, type CopyValue } from '../copy.js';

/** Where and when an outcome was new. */
export interface Moment {
  position: string;
  recordedAt: string;
}

interface NewResult extends Moment {
  projectId: string;
  rule: string;
  outcome: Outcome;
  text: string;
}

const COLUMNS = [
  'project_id',
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

const TYPES = ['uuid', 'text', 'text', 'timestamptz', 'text', 'date', 'date', 'date', 'text', 'json'];
const REFRESH = `
  insert into finding_current (${COLUMNS.join(', ')})
  select * from unnest(${TYPES.map((type, n) => `$${n + 1}::${type}[]`).join(', ')})
  on conflict (project_id, rule) do update set
    ${COLUMNS.slice(2)
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`;

/** The outcomes of a batch that differ from what stood before: one history, written at once. */
export class ResultRows {
  private readonly rows: NewResult[] = [];

  /** @param stood text of the outcome before, per rule; brought up to date here */
  add(projectId: string, rule: string, outcome: Outcome, moment: Moment, stood: Map<string, string>): void {
    const text = JSON.stringify(outcome);
    if (stood.get(rule) === text) return;
    stood.set(rule, text);
    this.rows.push({ projectId, rule, outcome, text, ...moment });
  }

  async write(client: ClientBase): Promise<void> {
    if (this.rows.length === 0) return;
    const rows = this.rows.map(valuesOf);
    await copyRows(client, 'finding_result', COLUMNS, rows.map(copyLine).join(''));
    const last = [...new Map(rows.map((row) => [`${row[0]}${row[1]}`, row])).values()];
    await client.query({
      name: 'finding-current-upsert',
      text: REFRESH,
      values: COLUMNS.map((_, column) => last.map((row) => row[column])),
    });
  }
}

function valuesOf({ projectId, rule, position, recordedAt, outcome, text }: NewResult): CopyValue[] {
  const items = outcome.kind === 'fail' ? outcome.items : [];
  const from = (severity: Severity) =>
    items
      .flatMap(({ steps }) => steps)
      .filter((step) => step.severity === severity)
      .map((step) => step.from)
      .toSorted()[0] ?? null;
  const days = (Object.keys(SEVERITIES) as Severity[]).map(from);
  const basis = outcome.kind === 'fail' ? digestOf(outcome.items) : null;
  return [projectId, rule, position, recordedAt, outcome.kind, ...days, basis, text];
}
