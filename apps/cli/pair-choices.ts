import { InvalidArgumentError } from 'commander';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ReconciliationReport } from '#libs/reconciliation/application/reconciler.js';
import type { Pair } from '#libs/reconciliation/domain/match.js';
import { decisionsBut, type PairDecision } from '#libs/reconciliation/domain/pair-decisions.js';
import { PAIR_DECISIONS } from '#libs/reconciliation/domain/vocabulary.js';

/** A row of the statement as it is named on the command line: `5`, or `流水!5` where the file has several sheets. */
export interface NamedRow {
  sheet?: string;
  row: number;
}

export function namedRows(text: string): NamedRow[] {
  return text.split(/[,，]/u).map((name) => {
    const [, sheet, row] = /^(?:(.+)!)?(\d{1,7})$/u.exec(name.trim()) ?? [];
    if (row === undefined) throw new InvalidArgumentError('应为对账单的行号，如 5,7 或 流水!5');
    return { ...(sheet !== undefined && { sheet }), row: Number(row) };
  });
}

export type Choices = Record<PairDecision['decision'], readonly NamedRow[]>;

/**
 * All that is said of pairs once these rows are decided on too: what was said before stays, but of the same pairs.
 *
 * @param tried the statement as it was just compared
 * @throws Refusal `reconciliation.noProposal` where a row has no pair to decide on, or several sheets have the row
 */
export function decisionsWith(
  { decisions, ...tried }: ReconciliationReport,
  choices: Choices,
): PairDecision[] {
  const chosen = (['confirmed', 'rejected'] as const).flatMap((decision) =>
    choices[decision].map((row) => decisionOn(pairIn(tried, row, decision), decision)),
  );
  return [...decisionsBut(decisions ?? [], chosen), ...chosen];
}

const decisionOn = (
  { line: { sheet, row }, item: { eventId } }: Pair,
  decision: PairDecision['decision'],
): PairDecision => ({ sheet, row, eventId, decision });

/** The proposed pair of a row; else the one that was decided the other way. */
function pairIn(
  { matches, rejected }: Pick<ReconciliationReport, 'matches' | 'rejected'>,
  { sheet, row }: NamedRow,
  decision: PairDecision['decision'],
): Pair {
  const ofRow = ({ line }: Pair) => line.row === row && (sheet === undefined || line.sheet === sheet);
  const proposed = matches.filter((pair) => pair.basis === 'proposed' && ofRow(pair));
  const decided = decision === 'confirmed' ? rejected : matches.filter(({ basis }) => basis === 'confirmed');
  const found = proposed.length > 0 ? proposed : decided.filter(ofRow);
  if (found.length === 1) return found[0]!;
  const name = `${sheet === undefined ? '' : `${sheet}!`}${row}`;
  const message =
    found.length === 0
      ? `对账单第 ${name} 行没有可以${PAIR_DECISIONS[decision]}的匹配`
      : `不止一对匹配在第 ${name} 行，请写明工作表，如 ${found[0]!.line.sheet}!${row}`;
  throw new Refusal('reconciliation.noProposal', message, { row, sheet: sheet ?? null });
}
