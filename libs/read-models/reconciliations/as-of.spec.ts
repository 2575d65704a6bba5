import fc from 'fast-check';
import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { earliestDay, latestDay } from '#libs/kernel/partial-date.js';
import {
  encodeStatementReconciled,
  reconciliationStream,
  type ReconciliationScope,
  type StatementReconciled,
} from '#libs/reconciliation/domain/events.js';
import { registerProjection } from '../register/projection.js';
import { historyWith, randomMoment, standing } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ACTOR, eventId, recorded, type Happening } from '../testing/recorded.js';
import { reconciliationsProjection } from './projection.js';
import { ReconciliationQuery, ReconciliationsQuery } from './queries.js';
import { ReconciliationHandler } from './reconciliation.handler.js';
import { ReconciliationsHandler } from './reconciliations.handler.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(reconciliationsProjection, registerProjection);
});
afterAll(() => database.close());

const ID = idFor('reconciliation as of');
const STORE = idFor('specification store');
const scopes = fc.constantFrom<ReconciliationScope>(
  { region: '990100', from: '2023-01-01', to: '2024-02-29', kinds: ['payment', 'receipt'] },
  { region: '990100', from: '2023-06-01', to: '2023-12-31', kinds: ['receipt'] },
);

/** Σ of the scope by source, over happenings that stand. */
function sums(
  happenings: readonly Happening[],
  { from, to, kinds }: ReconciliationScope,
): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const { event, effective } of happenings) {
    if (event.type !== 'FundsPaid' && event.type !== 'FundsReceived') continue;
    if (!kinds.includes(event.type === 'FundsPaid' ? 'payment' : 'receipt')) continue;
    if (earliestDay(effective) < from || latestDay(effective) > to) continue;
    const { source, amountFen } = event.data;
    found.set(source, (found.get(source) ?? 0n) + BigInt(amountFen));
  }
  return found;
}

/** The ledger compared after `read` of the events, and the outcome recorded after them. */
function compared(history: readonly Happening[], read: number, scope: ReconciliationScope): StoredEvent {
  const then = sums(standing(history.slice(0, read), eventId, {}), scope);
  const none = { count: 0, totalFen: '0', items: [] };
  const data: StatementReconciled = {
    ...{
      reconciliationId: ID,
      scope,
      fileDigest: 'a'.repeat(64),
      fileName: '流水.csv',
      proposedWithinDays: 5,
    },
    position: read === 0 ? null : place(2 * read),
    asKnownAt: history[Math.max(read - 1, 0)]!.recordedAt!,
    result: {
      ...{ outcome: 'agreed', statementLines: 1, ledgerItems: 1 },
      balances: [...then].map(([source, fen]) => ({
        source: source as 'SelfRaised',
        ...{ statementFen: fen.toString(), ledgerFen: fen.toString() },
      })),
      ...{
        matched: { exact: 1, document: 0, proposed: 0 },
        statementOnly: none,
        ledgerOnly: none,
        doubtful: none,
      },
    },
  };
  const id = idFor('compared', String(read));
  const envelope = {
    ...{ commandId: id, commandDigest: '0'.repeat(64), actor: ACTOR, effectiveDate: scope.to },
    ...{ recordedAt: data.asKnownAt, evidence: [], correlationId: id, causationId: id },
  };
  const event = encodeStatementReconciled(data, id, envelope);
  return { ...event, stream: reconciliationStream(ID), revision: read, position: place(2 * read + 1) };
}
const place = (n: number) => makePosition(STORE, n.toString(16).padStart(16, '0'));

/** Histories in which something is paid or received that a comparison may have missed. */
const paying = historyWith(3, 'FundsPaid', 'FundsReceived');

it('say as of any moment what was compared by then, against what stood then', async () => {
  let broken = 0;
  await fc.assert(
    fc.asyncProperty(
      paying,
      scopes,
      fc.array(fc.nat(60), { minLength: 1, maxLength: 2 }),
      fc.array(randomMoment, { maxLength: 3 }),
      async (history, scope, shares, moments) => {
        const reads = [...new Set(shares.map((share) => Math.floor((history.length * share) / 100)))];
        const outcomes = reads.map((read) => compared(history, read, scope));
        const events = recorded(history).map((stored, n) => ({ ...stored, position: place(2 * n + 2) }));
        await database.startAnew();
        await database.apply(
          [...events, ...outcomes].sort((a, b) => (a.position < b.position ? -1 : 1)),
          5,
        );
        for (const moment of [{}, ...moments]) {
          const { asKnownAt, asEffectiveOn } = moment;
          const visible = outcomes
            .filter(
              ({ metadata }) => asKnownAt === undefined || (metadata['recordedAt'] as string) <= asKnownAt,
            )
            .filter(() => asEffectiveOn === undefined || scope.to <= asEffectiveOn)
            .sort((a, b) => (a.position < b.position ? -1 : 1));
          const found = await new ReconciliationHandler(database.dataSource).execute(
            new ReconciliationQuery(ID, moment),
          );
          const list = await new ReconciliationsHandler(database.dataSource).execute(
            new ReconciliationsQuery({ ...moment, limit: 5 }),
          );
          expect(list.items).toEqual(found ? [found] : []);
          expect(found?.runs ?? 0).toBe(visible.length);
          if (!found) continue;
          expect(found.position).toBe(visible.at(-1)!.data['position']);
          const now = sums(standing(history, eventId, moment), scope);
          const told = found.ledgerNow.filter(({ nowFen }) => nowFen !== '0');
          expect(told.map(({ source, nowFen }) => `${source} ${nowFen}`).toSorted()).toEqual(
            [...now].map(([source, fen]) => `${source} ${fen}`).toSorted(),
          );
          if (found.agreementBroken) broken += 1;
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(broken).toBeGreaterThan(0);
});
