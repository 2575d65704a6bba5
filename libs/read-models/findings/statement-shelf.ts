import type { ClientBase } from 'pg';
import { digestOf } from '#libs/kernel/canonical.js';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { m9 } from '#libs/findings/domain/rules/m9-statement-against-ledger.js';
import {
  addChange,
  isInScope,
  type StatementChange,
  type StatementDossier,
} from '#libs/findings/domain/statement.js';
import type { StatementReconciled } from '#libs/reconciliation/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import type { FindingBook, Moment } from './finding-book.js';
import type { RuleBook } from './rule-book.js';
import {
  MONEY_FACTS,
  placedMoney,
  statementSubject,
  type MoneyChange,
  type MoneyFact,
  type PlacedMoney,
} from './statement-money.js';

export interface Statement extends StatementDossier {
  id: string;
  scopeKey: string;
}

const COLUMNS = ['reconciliation_id', 'scope_key', 'from_day', 'to_day', 'replaced', 'statement'] as const;
/** Those of the batch, those that they replace, and those whose period money of the batch may be in. */
const STATEMENTS = `
  select statement from finding_statement
  where reconciliation_id = any($1::text[]) or scope_key = any($2::text[])
    or not replaced and from_day <= $4::date and to_day >= $3::date`;
const ALL_IN = `
  select statement from finding_statement
  where starts_with(statement->'reconciled'->'scope'->>'region', $1)`;
/** What was recorded between the reading of the ledger ($1) and the batch ($2), with the regions of its time. */
const BETWEEN = `
  ${MONEY_FACTS} and ($1::text is null or f.position > $1) and f.position < $2
  order by f.position`;

/** The statements that a batch may touch, as they stand. */
export class StatementShelf {
  private readonly byId = new Map<string, Statement>();
  private readonly touched = new Map<string, Statement>();
  private readonly changed = new Map<string, Statement>();

  constructor(
    private readonly client: ClientBase,
    private readonly book: FindingBook,
    private readonly rules: RuleBook,
    /** Position of the batch's first event. */
    private readonly begins: string,
  ) {}

  async load(reconciled: readonly StatementReconciled[], days: [string, string] | undefined): Promise<void> {
    const ids = reconciled.map(({ reconciliationId }) => reconciliationId);
    const keys = reconciled.map(({ scope }) => digestOf(scope));
    const { rows } = await this.client.query<{ statement: Stored }>(STATEMENTS, [
      ids,
      keys,
      ...(days ?? [null, null]),
    ]);
    for (const { statement } of rows) {
      this.byId.set(statement.id, { ...statement, changes: new Map(statement.changes) });
    }
    await this.book.load([...this.byId.keys()]);
  }

  statements(): Iterable<Statement> {
    return this.byId.values();
  }

  touch(statement: Statement): void {
    this.touched.set(statement.id, statement);
    this.changed.set(statement.id, statement);
  }

  /** The latest comparison counts, with what was recorded after the ledger was read for it. */
  async reconcile(
    data: StatementReconciled,
    reconciledBy: string,
    moment: Moment,
    earlier: readonly MoneyChange[],
  ): Promise<void> {
    const { reconciliationId: id, scope, fileName, position, result } = data;
    const scopeKey = digestOf(scope);
    for (const other of this.byId.values()) {
      if (other.id === id || other.scopeKey !== scopeKey || other.replaced) continue;
      other.replaced = true;
      this.touch(other);
    }
    const reconciled = { scope, fileName, position, result };
    const statement: Statement = {
      id,
      scopeKey,
      reconciledBy,
      reconciled,
      changes: new Map(),
      replaced: false,
    };
    this.byId.set(id, statement);
    this.touch(statement);
    this.book.show(statementSubject(id, reconciled), moment);
    for (const money of await this.before(position)) {
      if (isInScope(scope, money)) addChange(statement, money.change);
    }
    for (const money of earlier) {
      if (position !== null && money.position <= position) continue;
      const regions = this.book.regionsAt(money.projectId, money.position);
      if (isInScope(scope, { ...money, regions })) addChange(statement, money.change);
    }
  }

  /** All statements of a region, as touched. */
  async loadAllIn(region: RegionCode): Promise<void> {
    const { rows } = await this.client.query<{ statement: Stored }>(ALL_IN, [regionPrefix(region)]);
    for (const { statement } of rows) {
      this.touched.set(statement.id, { ...statement, changes: new Map(statement.changes) });
    }
    await this.book.load([...this.touched.keys()]);
  }

  judge(moment: Moment): void {
    for (const statement of this.touched.values()) {
      const timetable = this.rules.timetableFor([statement.reconciled.scope.region]);
      this.book.say(statement.id, m9.id, timetable.admit(m9, m9.evaluate(statement)), moment);
    }
    this.touched.clear();
  }

  async write(): Promise<void> {
    if (this.changed.size === 0) return;
    const ids = [...this.changed.keys()];
    await this.client.query('delete from finding_statement where reconciliation_id = any($1::text[])', [ids]);
    const lines = [...this.changed.values()].map((statement) => {
      const { id, scopeKey, replaced, reconciled, changes } = statement;
      const stored: Stored = { ...statement, changes: [...changes] };
      const { from, to } = reconciled.scope;
      return copyLine([id, scopeKey, from, to, String(replaced), JSON.stringify(stored)]);
    });
    await copyRows(this.client, 'finding_statement', COLUMNS, lines.join(''));
  }

  /** Money that was recorded behind the position and before the batch, with the regions of its time. */
  private async before(position: string | null): Promise<PlacedMoney[]> {
    const { rows } = await this.client.query<MoneyFact>(BETWEEN, [position, this.begins]);
    return rows.flatMap(placedMoney);
  }
}

type Stored = Omit<Statement, 'changes'> & { changes: [string, StatementChange][] };
