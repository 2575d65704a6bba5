import { m9 } from '#libs/findings/domain/rules/m9-statement-against-ledger.js';
import { addChange, isInScope } from '#libs/findings/domain/statement.js';
import { latestDay } from '#libs/kernel/partial-date.js';
import {
  decodeStatementReconciled,
  RECONCILIATION_STREAM_PREFIX,
  type StatementReconciled,
} from '#libs/reconciliation/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import { endsMoment, type Happened } from './moments.js';
import { daysOf, moneyChangeOf, type MoneyChange } from './statement-money.js';
import { StatementShelf } from './statement-shelf.js';
import { sayOfStatements } from './statements-of-a-day.js';
import type { Batch, Bench, SubjectJudge } from './subject-judge.js';

/** A comparison, with the event that recorded it. */
interface Comparison extends Happened {
  reconciledBy: string;
  data: StatementReconciled;
}

const COLUMNS = ['position', 'known_at', 'effective_to', 'event_id', 'region', 'data'] as const;

/** Judges statements that were compared with the ledger: when they are, and whenever their scope changes since. */
export const statementJudge: SubjectJudge = {
  rules: [m9],
  streamPrefixes: [RECONCILIATION_STREAM_PREFIX],
  async judge(batch, bench) {
    const comparisons = comparisonsIn(batch);
    const money = batch.facts.flatMap((fact) => moneyChangeOf(fact) ?? []);
    if (comparisons.length + money.length > 0) await judgeAll(comparisons, money, batch, bench);
    await copyRows(bench.client, 'finding_comparison', COLUMNS, comparisons.map(lineOf).join(''));
  },
  async judgeAgain(region, moment, { client, book, rules }) {
    const shelf = new StatementShelf(client, book, rules, moment.position);
    await shelf.loadAllIn(region);
    shelf.judge(moment);
  },
  judgeOfADay: sayOfStatements,
};

/** An outcome is of the last day of its period. The pairs and lines that it names are with the outcome itself. */
function lineOf({ position, recordedAt, reconciledBy, data }: Comparison): string {
  const { scope } = data;
  const stamp = [position, recordedAt, latestDay(scope.to), reconciledBy];
  return copyLine([...stamp, scope.region, JSON.stringify(data)]);
}

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
    if (endsMoment(happenings, n)) shelf.judge(happening);
  }
  await shelf.write();
}

function comparisonsIn({ events }: Batch): Comparison[] {
  return events
    .filter(({ stream }) => stream.startsWith(RECONCILIATION_STREAM_PREFIX))
    .map((stored) => {
      const event = decodeStatementReconciled(stored);
      return {
        reconciledBy: stored.id,
        stream: stored.stream,
        position: stored.position,
        recordedAt: event.envelope.recordedAt,
        event,
        data: event.data,
      };
    });
}
