import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { squeeze } from '#libs/kernel/text.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import { shiftDay } from './days.js';
import type { DIFFERENCES, MATCH_BASES } from './vocabulary.js';

/** One line of a finance bureau's statement. */
export interface StatementLine {
  sheet: string;
  row: number;
  /** `YYYY-MM-DD` */
  date: string;
  documentNumber?: string;
  payee?: string;
  /** Decimal string of integer fen. */
  amountFen: string;
  source: FundingSource;
  projectCode?: string;
  projectName?: string;
}

/** One payment or receipt that stands in the ledger. */
export interface LedgerItem {
  eventId: string;
  kind: 'payment' | 'receipt';
  project: { id: string; name: string; code: string | null };
  date: PartialDate;
  /** Of a payment, what it was paid on. */
  documentNumber: string;
  /** Who was paid; of a receipt, the implementing units of the project. */
  payees: string[];
  amountFen: string;
  source: FundingSource;
}

/** What a line and an item of the same amount do not agree in. */
export type Difference = keyof typeof DIFFERENCES;

/**
 * `exact`: date, document, payee, amount and source. `document`: document and amount. `proposed`: the amount, within some
 * days; somebody has to look. `confirmed`: somebody has.
 */
export interface Match {
  line: StatementLine;
  item: LedgerItem;
  basis: keyof typeof MATCH_BASES;
  differs: Difference[];
}

export type Pair = Pick<Match, 'line' | 'item'>;

/** What somebody said of pairs: that they are one and the same money, or that they are not. */
export interface Decided {
  confirmed: readonly Pair[];
  rejected: readonly Pair[];
}

export interface Matching {
  /** The surest first. */
  matches: Match[];
  statementOnly: StatementLine[];
  ledgerOnly: LedgerItem[];
}

type Keys = readonly (string | undefined)[];
interface Pass {
  basis: Match['basis'];
  /** What must be equal; a line with a part unknown has no key. */
  line(line: StatementLine): Keys;
  item(item: LedgerItem): readonly Keys[];
}

/**
 * Pairs lines with items: what was confirmed before all, then surest first; each line and each item at most once, and
 * none that was rejected. Lines and items are taken in an order of their own, so the order they come in changes nothing.
 *
 * @param withinDays how far apart the dates of a proposed pair may lie
 * @param decided each line and each item confirmed at most once
 */
export function matchStatement(
  lines: readonly StatementLine[],
  items: readonly LedgerItem[],
  withinDays: number,
  decided: Decided = { confirmed: [], rejected: [] },
): Matching {
  const openLines = new Set(lines.toSorted(by(lineOrder)));
  const openItems = new Set(items.toSorted(by(({ eventId }) => eventId)));
  for (const { line, item } of decided.confirmed) {
    openLines.delete(line);
    openItems.delete(item);
  }
  const apart = new Set(decided.rejected.map(nameOf));
  const found = passesOf(withinDays).flatMap((pass) => pairsOf(pass, openLines, openItems, apart));
  const sure = found.filter(({ basis }) => basis !== 'proposed');
  const confirmed = decided.confirmed.map((pair) => matchOf(pair, 'confirmed'));
  return {
    matches: [...sure, ...confirmed, ...found.slice(sure.length)],
    statementOnly: [...openLines],
    ledgerOnly: [...openItems],
  };
}

/** Whether a line and an item may be proposed as one: of one amount, their dates near, not of two projects. */
export function mayBeOne({ line, item }: Pair, withinDays: number): boolean {
  const [first, last] = [shiftDay(line.date, -withinDays), shiftDay(line.date, withinDays)];
  return (
    line.amountFen === item.amountFen &&
    isOfProject(line, item) &&
    daysOf(item.date).some((day) => day >= first && day <= last)
  );
}

/** A sheet has a row once. */
export const pairName = (sheet: string, row: number, eventId: string): string =>
  [sheet, row, eventId].join('\u0000');

const nameOf = ({ line: { sheet, row }, item: { eventId } }: Pair): string => pairName(sheet, row, eventId);

function passesOf(withinDays: number): Pass[] {
  const document = (more: (of: { date: string; source: string }) => Keys): Pass => ({
    basis: 'document',
    line: (line) => [plain(line.documentNumber), line.amountFen, ...more(line)],
    item: (item) => [[plain(item.documentNumber), item.amountFen, ...more(item)]],
  });
  const near = (days: number, more: (of: { source: string }) => Keys): Pass => ({
    basis: 'proposed',
    line: (line) => [line.amountFen, line.date, ...more(line)],
    item: (item) =>
      [...new Set(daysOf(item.date).flatMap((day) => [shiftDay(day, days), shiftDay(day, -days)]))].map(
        (day) => [item.amountFen, day, ...more(item)],
      ),
  });
  const distances = Array.from({ length: withinDays + 1 }, (_, days) => days);
  return [
    {
      basis: 'exact',
      line: (line) => [line.date, plain(line.documentNumber), plain(line.payee), line.amountFen, line.source],
      item: ({ date, documentNumber, payees, amountFen, source }) =>
        payees.map((payee) => [date, plain(documentNumber), plain(payee), amountFen, source]),
    },
    document(({ date, source }) => [date, source]),
    document(({ source }) => [source]),
    document(() => []),
    ...distances.map((days) => near(days, ({ source }) => [source])),
    ...distances.map((days) => near(days, () => [])),
  ];
}

function pairsOf(
  pass: Pass,
  lines: Set<StatementLine>,
  items: Set<LedgerItem>,
  apart: ReadonlySet<string>,
): Match[] {
  const byKey = new Map<string, LedgerItem[]>();
  for (const item of items) {
    for (const keys of pass.item(item)) {
      const key = keyOf(keys);
      if (key === undefined) continue;
      const same = byKey.get(key);
      if (same) same.push(item);
      else byKey.set(key, [item]);
    }
  }
  const pairs: Match[] = [];
  for (const line of lines) {
    const key = keyOf(pass.line(line));
    const item = byKey
      .get(key ?? '')
      ?.find(
        (each) => items.has(each) && isOfProject(line, each) && !apart.has(nameOf({ line, item: each })),
      );
    if (!item) continue;
    lines.delete(line);
    items.delete(item);
    pairs.push(matchOf({ line, item }, pass.basis));
  }
  return pairs;
}

function matchOf({ line, item }: Pair, basis: Match['basis']): Match {
  return { line, item, basis, differs: differences(line, item) };
}

/** A line that names its project is never taken for another one's. */
function isOfProject({ projectCode, projectName }: StatementLine, { project }: LedgerItem): boolean {
  return (
    (projectCode === undefined || projectCode === project.code) &&
    (projectName === undefined || plain(projectName) === plain(project.name))
  );
}

export function differences(line: StatementLine, item: LedgerItem): Difference[] {
  const found: Difference[] = [];
  if (line.date !== item.date) found.push('date');
  if (plain(line.documentNumber) !== plain(item.documentNumber)) found.push('document');
  if (!item.payees.some((payee) => plain(payee) === plain(line.payee))) found.push('payee');
  if (line.source !== item.source) found.push('source');
  return found;
}

/** Texts are compared without spaces, width and the kind of brackets: 〔2025〕, [2025] and (2025) are one. */
function plain(text: string | undefined): string | undefined {
  const bare = squeeze(text ?? '')
    .replace(/[〔[【﹝]/gu, '(')
    .replace(/[〕\]】﹞]/gu, ')')
    .toLowerCase();
  return bare === '' ? undefined : bare;
}

/** A date printed as a month can be any day of it; a year is no hint of a day. */
function daysOf(date: PartialDate): string[] {
  if (date.length === 4) return [];
  const days: string[] = [];
  for (let day = earliestDay(date); day <= latestDay(date); day = shiftDay(day, 1)) days.push(day);
  return days;
}

function keyOf(keys: Keys): string | undefined {
  return keys.includes(undefined) ? undefined : keys.join('\u0000');
}

function lineOrder(line: StatementLine): string {
  const { date, documentNumber, payee, amountFen, source, projectCode, projectName, sheet, row } = line;
  const content = [date, documentNumber, payee, amountFen, source, projectCode, projectName, sheet];
  return [...content.map((part) => part ?? ''), String(row).padStart(7, '0')].join('\u0000');
}

function by<T>(order: (each: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [one, other] = [order(a), order(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}
