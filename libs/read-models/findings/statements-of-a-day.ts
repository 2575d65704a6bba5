import { m9 } from '#libs/findings/domain/rules/m9-statement-against-ledger.js';
import { addChange, isInScope, type StatementDossier } from '#libs/findings/domain/statement.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { StatementReconciled } from '#libs/reconciliation/domain/events.js';
import { asOfParameters } from '../as-of.js';
import { asOfFact } from './judging.js';
import {
  MONEY_FACTS,
  placedMoney,
  statementSubject,
  type MoneyFact,
  type PlacedMoney,
} from './statement-money.js';
import type { BenchOfADay } from './subject-judge.js';

interface Comparison {
  event_id: string;
  position: string;
  known_at: Date;
  data: StatementReconciled;
}

/** The latest of each statement in the regions that begin with $3. */
const COMPARISONS = `
  select distinct on (data->>'reconciliationId') event_id, position, known_at, data from finding_comparison c
  where starts_with(region, $3) and ${asOfFact('c')}
  order by data->>'reconciliationId', position desc`;
/** Money known at $1 of projects that ever stood there, whenever it takes effect: $2 is looked at for each statement. */
const MONEY = `
  ${MONEY_FACTS} and ($1::timestamptz is null or f.known_at <= $1) and f.project_id in (
    select subject_id::uuid from finding_subject
    where kind = 'project' and exists (select from unnest(regions) region where starts_with(region, $2)))
  order by f.position`;

/** A payment or receipt, and where it was taken back. */
interface Item {
  added: PlacedMoney;
  reversed?: PlacedMoney;
}

/** Holds the latest comparison of each statement against what stood on the day, by what was known then. */
export async function sayOfStatements({ reader, book, rules, asked }: BenchOfADay): Promise<void> {
  const prefix = asked.region === undefined ? '' : regionPrefix(asked.region);
  const [asKnownAt, day] = asOfParameters(asked);
  const { rows } = await reader.query<Comparison>(COMPARISONS, [asKnownAt, day, prefix]);
  if (rows.length === 0) return;
  const { rows: facts } = await reader.query<MoneyFact>(MONEY, [asKnownAt, prefix]);
  const items = itemsOf(facts.flatMap(placedMoney));
  const latestOf = new Map<string, string>();
  for (const { position, data } of rows) {
    const key = digestOf(data.scope);
    if (position > (latestOf.get(key) ?? '')) latestOf.set(key, position);
  }
  for (const { event_id, position, known_at, data } of rows) {
    const { reconciliationId: id, ...reconciled } = data;
    const statement: StatementDossier = {
      reconciledBy: event_id,
      reconciled,
      changes: new Map(),
      replaced: latestOf.get(digestOf(data.scope)) !== position,
    };
    let recordedAt = known_at.toISOString();
    for (const money of changesIn(items, data, day)) {
      addChange(statement, money.change);
      if (money.recordedAt > recordedAt) recordedAt = money.recordedAt;
    }
    const moment = { position: '', recordedAt };
    const timetable = rules.timetableFor([data.scope.region]);
    book.show(statementSubject(id, reconciled), moment);
    book.say(id, m9.id, timetable.admit(m9, m9.evaluate(statement)), moment);
  }
}

function itemsOf(money: readonly PlacedMoney[]): Item[] {
  const items = new Map<string, Item>();
  for (const each of money) {
    const { change, itemId } = each.change;
    if (change === 'added') items.set(itemId, { added: each });
    else items.get(itemId)!.reversed = each;
  }
  return [...items.values()];
}

/**
 * What stood on the day and did not when the ledger was read for the comparison, or the other way round, in the order
 * recorded. What was taken back from a later day on had not gone yet.
 */
function changesIn(
  items: readonly Item[],
  { scope, position }: StatementReconciled,
  day: string | null,
): PlacedMoney[] {
  const came = (money: PlacedMoney | undefined) =>
    money !== undefined && (day === null || money.effectiveTo <= day);
  const wasRead = (money: PlacedMoney | undefined) =>
    money !== undefined && position !== null && money.position <= position;
  return items
    .flatMap(({ added, reversed }) => {
      const stands = came(added) && !came(reversed);
      const stood = wasRead(added) && !wasRead(reversed);
      if (stands === stood) return [];
      return stands ? [added] : reversed ? [reversed] : [];
    })
    .filter((money) => isInScope(scope, money))
    .sort((a, b) => (a.position < b.position ? -1 : 1));
}
