import { Refusal } from '#libs/kernel/refusal.js';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { mayBeOne, pairName, type Decided, type LedgerItem, type Pair, type StatementLine } from './match.js';
import type { PAIR_DECISIONS } from './vocabulary.js';

/** What somebody said of a proposed pair, by the line's place in the file and the event of the payment or receipt. */
export interface PairDecision {
  sheet: string;
  row: number;
  eventId: string;
  decision: keyof typeof PAIR_DECISIONS;
}

type Place = Omit<PairDecision, 'decision'>;

/** What was said of other pairs than these. */
export function decisionsBut(before: readonly PairDecision[], pairs: readonly Place[]): PairDecision[] {
  const nameOf = ({ sheet, row, eventId }: Place) => pairName(sheet, row, eventId);
  const names = new Set(pairs.map(nameOf));
  return before.filter((decision) => !names.has(nameOf(decision)));
}

/**
 * The pairs that decisions are about.
 *
 * @throws Refusal `reconciliation.notAPair` where there is no such line or item, or they could not be proposed as one;
 *   `reconciliation.otherSource` where a pair of two sources is confirmed; `reconciliation.pairTwice` where a pair is decided twice, or a line or an item is confirmed twice
 */
export function pairsOfDecisions(
  decisions: readonly PairDecision[],
  lines: readonly StatementLine[],
  items: readonly LedgerItem[],
  withinDays: number,
): Decided {
  const find = finder(lines, items, withinDays);
  const decided = { confirmed: [] as Pair[], rejected: [] as Pair[] };
  const taken = new Set<unknown>();
  for (const { sheet, row, eventId, decision } of decisions) {
    const pair = find({ sheet, row, eventId });
    if (!pair) {
      const message = `第${row}行与台账的这一笔（${eventId}）不是可以建议的匹配：须金额相同、日期相差不超过 ${withinDays} 天`;
      throw new Refusal('reconciliation.notAPair', message, { sheet, row, eventId });
    }
    if (decision === 'confirmed' && pair.line.source !== pair.item.source) {
      const [said, kept] = [FUNDING_SOURCES[pair.line.source], FUNDING_SOURCES[pair.item.source]];
      const message = `第${row}行为${said}，台账为${kept}：确认也不能使各来源相符，请更正台账或对账单`;
      throw new Refusal('reconciliation.otherSource', message, { sheet, row, eventId });
    }
    const claims = [
      pairName(sheet, row, eventId),
      ...(decision === 'confirmed' ? [pair.line, pair.item] : []),
    ];
    if (claims.some((claim) => taken.has(claim))) {
      const message = `第${row}行或台账的这一笔（${eventId}）不能确认或否定两次`;
      throw new Refusal('reconciliation.pairTwice', message, { sheet, row, eventId });
    }
    for (const claim of claims) taken.add(claim);
    decided[decision].push(pair);
  }
  return decided;
}

/** Those decisions whose line and item are still there to be decided on. */
export function stillDecidable(
  decisions: readonly PairDecision[],
  lines: readonly StatementLine[],
  items: readonly LedgerItem[],
  withinDays: number,
): PairDecision[] {
  const find = finder(lines, items, withinDays);
  return decisions.filter((decision) => find(decision) !== undefined);
}

function finder(lines: readonly StatementLine[], items: readonly LedgerItem[], withinDays: number) {
  const place = ({ sheet, row }: Pick<StatementLine, 'sheet' | 'row'>) => `${sheet}\u0000${row}`;
  const lineAt = new Map(lines.map((line) => [place(line), line]));
  const itemOf = new Map(items.map((item) => [item.eventId, item]));
  return (of: Place): Pair | undefined => {
    const [line, item] = [lineAt.get(place(of)), itemOf.get(of.eventId)];
    return line && item && mayBeOne({ line, item }, withinDays) ? { line, item } : undefined;
  };
}
