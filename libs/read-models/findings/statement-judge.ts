import { addChange, isInScope } from '#libs/findings/domain/statement.js';
import {
  decodeStatementReconciled,
  RECONCILIATION_STREAM_PREFIX,
  type StatementReconciled,
} from '#libs/reconciliation/domain/events.js';
import type { Moment } from './finding-book.js';
import { daysOf, moneyChangeOf, type MoneyChange } from './statement-money.js';
import { StatementShelf } from './statement-shelf.js';
import type { Batch, Bench, SubjectJudge } from './subject-judge.js';

/** A comparison, with the event that recorded it. */
interface Comparison extends Moment {
  reconciledBy: string;
  data: StatementReconciled;
}

/** Judges statements that were compared with the ledger: when they are, and whenever their scope changes since. */
export const statementJudge: SubjectJudge = {
  streamPrefixes: [RECONCILIATION_STREAM_PREFIX],
  async judge(batch, bench) {
    const comparisons = comparisonsIn(batch);
    const money = batch.facts.flatMap((fact) => moneyChangeOf(fact) ?? []);
    if (comparisons.length + money.length > 0) await judgeAll(comparisons, money, batch, bench);
    return comparisons.length;
  },
  async judgeAgain(region, moment, { client, book, rules }) {
    const shelf = new StatementShelf(client, book, rules, moment.position);
    await shelf.loadAllIn(region);
    shelf.judge(moment);
  },
};

async function judgeAll(
  comparisons: readonly Comparison[],
  money: readonly MoneyChange[],
  { events }: Batch,
  { client, book, rules }: Bench,
): Promise<void> {
  const shelf = new StatementShelf(client, book, rules, events[0]!.position);
  await shelf.load(
    comparisons.map(({ data }) => data),
    daysOf(money),
  );
  const happenings = [...comparisons, ...money].sort((a, b) => (a.position < b.position ? -1 : 1));
  for (const [n, happening] of happenings.entries()) {
    if ('change' in happening) {
      const regions = book.regionsAt(happening.projectId, happening.position);
      for (const statement of shelf.statements()) {
        if (!isInScope(statement.reconciled.scope, { ...happening, regions })) continue;
        addChange(statement, happening.change);
        shelf.touch(statement);
      }
    } else {
      const earlier = money.filter(({ position }) => position < happening.position);
      await shelf.reconcile(happening.data, happening.reconciledBy, happening, earlier);
    }
    // Between what was recorded at one time nobody knew anything.
    if (happenings[n + 1]?.recordedAt !== happening.recordedAt) shelf.judge(happening);
  }
  await shelf.write();
}

function comparisonsIn({ events }: Batch): Comparison[] {
  return events
    .filter(({ stream }) => stream.startsWith(RECONCILIATION_STREAM_PREFIX))
    .map((stored) => {
      const { data, envelope } = decodeStatementReconciled(stored);
      return {
        reconciledBy: stored.id,
        position: stored.position,
        recordedAt: envelope.recordedAt,
        data,
      };
    });
}
