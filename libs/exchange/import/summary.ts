import { moneyView } from '#libs/kernel/money.js';
import { squeeze } from '#libs/kernel/text.js';
import type { ProjectList } from '../project-list/interpret.js';
import type { ListTotals } from '../project-list/totals.js';
import type { FileProblem, ImportSummary, ListReport, MissingProject, RowReport } from '../report/report.js';
import type { RowResult } from './row-import.js';

/** A report is read by people; a list of more of these helps nobody and would not fit one event. */
const MOST_PROBLEMS = 500;
const MOST_MISSING = 1_000;

type Head = Pick<ImportSummary, 'importId' | 'fileName' | 'fileDigest' | 'region' | 'effectiveDate'>;

/** Sums up an import: its lists, what became of the rows, and what the file no longer names. */
export function summarise(head: Head, lists: readonly ProjectList[], result: RowResult): ImportSummary {
  return {
    ...head,
    lists: lists.map(listReport),
    missing: missingFrom(lists, result).slice(0, MOST_MISSING),
    fileProblems: lists.flatMap(problemsOf).slice(0, MOST_PROBLEMS),
    outcomes: count(result.rows),
    totals: lists.map(({ computed }) => computed).reduce(plus, NOTHING),
  };
}

const NOTHING: ListTotals = { projects: 0, total: moneyView(0n), selfRaised: moneyView(0n) };

function plus(a: ListTotals, b: ListTotals): ListTotals {
  const sum = (key: 'total' | 'selfRaised') => moneyView(BigInt(a[key].fen) + BigInt(b[key].fen));
  return { projects: a.projects + b.projects, total: sum('total'), selfRaised: sum('selfRaised') };
}

function listReport(list: ProjectList): ListReport {
  const { sheet, title, unit, headerRow, columns, printedTotals, computed } = list;
  return { sheet, title, ...(unit && { unit }), headerRow, columns, printedTotals, computed };
}

function problemsOf({ errors, warnings }: ProjectList): FileProblem[] {
  return [
    ...errors.map((finding) => ({ ...finding, severity: 'error' as const })),
    ...warnings.map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
}

function count(rows: readonly RowReport[]): ImportSummary['outcomes'] {
  const outcomes = { recorded: 0, revised: 0, unchanged: 0, held: 0 };
  for (const { outcome } of rows) outcomes[outcome] += 1;
  return outcomes;
}

/** Projects of these lists that no row means. A held row may well mean one of them, so its name is left out. */
function missingFrom(lists: readonly ProjectList[], { known, named, rows }: RowResult): MissingProject[] {
  const titles = new Set(lists.map(({ title }) => squeeze(title)));
  const heldNames = new Set(
    rows.filter(({ outcome }) => outcome === 'held').map(({ name }) => squeeze(name)),
  );
  return known.flatMap(({ projectId, name, lists: listings }) => {
    const listed = listings.find(({ title }) => titles.has(squeeze(title)));
    if (!listed || named.has(projectId) || heldNames.has(squeeze(name))) return [];
    const { title: listTitle, sequence } = listed;
    return [{ projectId, name, listTitle, ...(sequence !== undefined && { sequence }) }];
  });
}
