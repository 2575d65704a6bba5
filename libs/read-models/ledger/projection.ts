import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX, type ProjectEvent } from '#libs/projects/domain/events.js';
import { ATTRIBUTE_COLUMNS, ATTRIBUTE_EVENTS, attributeLines } from '../attributes/attribute-rows.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import { copyField, copyLines, copyRows, NULL } from '../copy.js';
import { factOf, type Fact } from '../facts.js';
import { passedOver } from '../passed-over.js';
import { DERIVE_BALANCES, deriveSums, inWhole } from './derive-sums.js';
import { BALANCE_AMOUNTS, LedgerSums, SPANS } from './sums.js';
import { TRANSFERS, transfersOf, type Transfer } from './transfers.js';

/** Properties that ledger questions are asked by. */
export const LEDGER_FIELDS = [
  'entered',
  'name',
  'category',
  'regions',
  'plannedUse',
  'totalInvestmentFen',
] as const;

const TRANSFER_COLUMNS = [
  'position',
  'line',
  'event_id',
  'event_type',
  'project_id',
  'source',
  'level',
  'stage',
  'from_account',
  'from_year',
  'to_account',
  'to_year',
  'amount_fen',
  'document_number',
  'effective',
  'effective_to',
  'recorded_at',
  'reverses',
  'reallocation_id',
] as const;

const saysNothing = passedOver([...ATTRIBUTE_EVENTS, ...Object.keys(TRANSFERS)]);

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

const touched = (alias: string) => `${alias}.project_id = any($1::uuid[])`;
const FORGET_PROJECTS = 'delete from ledger_project where project_id = any($1::uuid[])';
const PROJECT_COLUMNS = 'project_id, entered, name, category, regions, planned_use_year, total_fen';
const deriveProjects = (condition: (alias: string) => string) => `
  insert into ledger_project (${PROJECT_COLUMNS})
  select ${PROJECT_COLUMNS} from (${projectsAsOf('ledger_attribute', LEDGER_FIELDS, condition)}) project`;
const DERIVE_TOUCHED = deriveProjects(touched);
const DERIVE_PROJECTS = `truncate ledger_project; ${deriveProjects(() => 'true')}`;

/** The investment ledger: an append-only journal of transfers, and sums derived from it in the same transaction. */
export const ledgerProjection: Projection = {
  name: 'investment-ledger',
  version: 10,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'halt',
  tables: sql('tables'),
  indexes: sql('indexes'),
  derivations: [
    ...SPANS.map(deriveSums),
    { fills: ['ledger_balance'], derive: (client) => client.query(DERIVE_BALANCES) },
    { fills: ['ledger_project'], derive: (client) => client.query(DERIVE_PROJECTS) },
  ],
  compared: { ledger_month: inWhole('month'), ledger_year: inWhole('year') },
  views: [
    'ledger_transfer',
    'ledger_attribute',
    'ledger_balance',
    'ledger_month',
    'ledger_year',
    'ledger_project',
  ],
  apply,
  totals,
};

async function apply(
  events: readonly StoredEvent[],
  client: PoolClient,
  leaveDerived = false,
): Promise<number> {
  const batch = new LedgerBatch(events, leaveDerived);
  await copyLines(client, 'ledger_transfer', TRANSFER_COLUMNS, batch.journal());
  await copyRows(client, 'ledger_attribute', ATTRIBUTE_COLUMNS, batch.attributes);
  if (leaveDerived) return batch.counted;
  await batch.sums.write(client);
  if (batch.projects.size > 0) {
    await client.query(FORGET_PROJECTS, [[...batch.projects]]);
    await client.query(DERIVE_TOUCHED, [[...batch.projects]]);
  }
  return batch.counted;
}

/** What events add to the tables; all but the journal is known when the journal was spelled to its end. */
class LedgerBatch {
  readonly sums = new LedgerSums();
  readonly projects = new Set<string>();
  attributes = '';
  counted = 0;

  constructor(
    private readonly events: readonly StoredEvent[],
    private readonly leaveDerived: boolean,
  ) {}

  *journal(): Generator<string, void, undefined> {
    for (const stored of this.events) {
      if (!saysNothing(stored)) yield* this.linesOf(factOf(decodeProjectEvent(stored)));
    }
  }

  private linesOf(fact: Fact): string[] {
    const said = attributeLines(fact, LEDGER_FIELDS);
    if (said !== '') this.projects.add(fact.stamp.projectId);
    this.attributes += said;
    const transfers = transfersOf(fact.event);
    if (said !== '' || transfers.length > 0) this.counted += 1;
    return transfers.map((transfer, line) => {
      if (fact.sign === -1) transfer.amountFen = -transfer.amountFen;
      if (!this.leaveDerived) this.sums.add(fact.stamp, transfer);
      return journalLine(fact, line, transfer);
    });
  }
}

/** Written out for speed: a rebuild spends its time here. Only the texts that nobody has checked are escaped. */
function journalLine({ event, stamp }: Fact, line: number, transfer: Transfer): string {
  const { source, level, stage, from, fromYear, to, toYear, amountFen } = transfer;
  const { eventId, eventType, effective, effectiveTo, reverses } = stamp;
  return (
    `${stamp.position}\t${line}\t${eventId}\t${eventType}\t${copyField(stamp.projectId)}\t` +
    `${source ?? NULL}\t${level ?? NULL}\t${stage}\t${from}\t${fromYear ?? NULL}\t${to}\t${toYear ?? NULL}\t` +
    `${amountFen}\t${copyField(documentOf(event))}\t${effective}\t${effectiveTo}\t` +
    `${copyField(stamp.recordedAt)}\t${reverses ?? NULL}\t${reallocationOf(event)}\n`
  );
}

/** What the two halves of a reallocation have in common. */
function reallocationOf({ data }: ProjectEvent): string {
  return 'reallocationId' in data ? data.reallocationId : NULL;
}

/** The document that moved the money; of a payment, what it was paid on. */
function documentOf({ data }: ProjectEvent): string | null {
  if ('documentNumber' in data) return data.documentNumber;
  return 'basisDocument' in data ? data.basisDocument : null;
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const sums = BALANCE_AMOUNTS.map((amount) => `coalesce(sum(${amount}), 0)::text as ${amount}`);
  const { rows } = await client.query<Record<string, string>>(`
    select ${sums.join(', ')}, coalesce(sum(lines), 0)::text as lines,
      (select count(*)::text from ledger_project) as projects,
      (select coalesce(sum(total_fen), 0)::text from ledger_project) as total_investment
    from ledger_balance`);
  return rows[0]!;
}
