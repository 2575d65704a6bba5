import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { DIFFERENCES, RECONCILED_KINDS } from '#libs/reconciliation/domain/vocabulary.js';
import type { ApiProblem } from '../../api/problem.js';
import type { Schema } from '../../api/paths.js';
import { isOfFile } from '../imports/columns.js';

export type Report = Schema<'ReconciliationReport'>;
export type Recorded = Schema<'Reconciliation'>;
export type Result = Report['result'];
export type Line = Report['statementOnly'][number];
export type Item = Report['ledgerOnly'][number];
export type Pair = Report['matches'][number];
export type RejectedPair = Report['rejected'][number];
export type Decisions = NonNullable<Report['decisions']>;
export type Decision = Decisions[number]['decision'];
/** How a sheet was understood; what comes with a refusal has its sum in fen alone. */
export type ReadList = Omit<Report['lists'][number], 'total'>;
export interface LineProblem {
  sheet?: string;
  row?: number;
  column?: string;
  message: string;
}

/** Whether what was compared still is what the ledger says. */
export const STANDINGS: Readonly<Record<Recorded['standing'], string>> = {
  holds: '此后台账没有变动',
  changed: '此后台账有变动，各来源合计未变',
  broken: '此后台账的合计已变',
};

export const sourceLabel = (source: string): string =>
  FUNDING_SOURCES[source as keyof typeof FUNDING_SOURCES] ?? source;

export const kindsLabel = (kinds: readonly string[]): string =>
  kinds.map((kind) => RECONCILED_KINDS[kind as keyof typeof RECONCILED_KINDS] ?? kind).join('、');

export const differsLabel = (differs: Pair['differs']): string =>
  differs.map((difference) => DIFFERENCES[difference]).join('、');

export interface Side {
  fen: string;
}
/** One amount less another, exact. */
export const less = (one: Side, other: Side): Side => ({
  fen: (BigInt(one.fen) - BigInt(other.fen)).toString(),
});

/** All that is said of pairs once this one is decided on, or what was said of it is taken back. */
export function decisionsWith(
  before: Decisions,
  { line: { sheet, row }, item: { eventId } }: RejectedPair,
  decision: Decision | undefined,
): Decisions {
  const others = before.filter(
    (each) => each.sheet !== sheet || each.row !== row || each.eventId !== eventId,
  );
  return decision ? [...others, { sheet, row, eventId, decision }] : others;
}

/** The sources in which statement and ledger differed: which side had more, and by how much. */
export function differing(balances: Result['balances']): { source: string; more: string; by: Side }[] {
  return balances.flatMap(({ source, statement, ledger }) => {
    const over = BigInt(statement.fen) - BigInt(ledger.fen);
    if (over === 0n) return [];
    const [more, by] = over > 0n ? ['对账单', over] : ['台账', -over];
    return [{ source, more, by: { fen: by.toString() } }];
  });
}

/** The finding that rule M9 makes of a comparison. */
export const findingOf = (reconciliationId: string): string => `/findings/M9-${reconciliationId}`;

/** Lines that could not be read, as they come with the refusal. */
export function unreadable({
  code,
  details,
}: ApiProblem): { problems: LineProblem[]; lists: ReadList[] } | undefined {
  if (code !== 'reconciliation.unreadableLines') return undefined;
  return details as unknown as { problems: LineProblem[]; lists: ReadList[] };
}

const OF_PERIOD = ['reconciliation.badPeriod', 'reconciliation.linesOutsidePeriod'];
/** Where a refusal is said: at the file, at the period, or below the form. */
export function placeOfProblem(problem: ApiProblem): 'file' | 'period' | 'form' {
  if (isOfFile(problem) || problem.code === 'reconciliation.unreadableLines') return 'file';
  return OF_PERIOD.includes(problem.code) ? 'period' : 'form';
}
