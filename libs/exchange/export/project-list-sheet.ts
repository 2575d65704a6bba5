import { printPartialDate, yearOf } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectRow } from '#libs/read-models/register/queries.js';
import type { AsOf } from '#libs/read-models/views.js';
import { asOfWords } from './as-of-words.js';
import type { AmountUnit, ExportColumn, ExportSheet, ExportValue } from './sheet-model.js';

/** The published columns, in the published order. */
const COLUMNS: readonly (ExportColumn & { header: string })[] = [
  { header: '序号', kind: 'count', width: 7 },
  { header: '项目名称', kind: 'text', width: 34 },
  { header: '项目类型', kind: 'word', width: 11 },
  { header: '投入使用时间', kind: 'word', width: 14 },
  { header: '实施地点', kind: 'text', width: 20 },
  { header: '建设内容和规模', kind: 'text', width: 36 },
  { header: '总投资', kind: 'amount', width: 12 },
  { header: '自筹资金', kind: 'amount', width: 12 },
  { header: '组织实施单位', kind: 'text', width: 24 },
];
const DEFAULT_TITLE = '“一老一小”重大项目清单';

interface Shape {
  /**
   * Title of the list to print: only its projects, under the numbers it gave them. Left out: all projects; where they
   * stand in one list all together, it is that list.
   */
  list?: string;
  unit?: AmountUnit;
  /** Which times the projects are shown at. */
  asOf: AsOf;
}

/**
 * Projects in the layout of the published list, so that the file can be published, or imported again without a change.
 *
 * @throws Refusal `export.noSuchList` where no project stands in the list asked for
 */
export function projectListSheet(
  projects: readonly ProjectRow[],
  { list, unit = '万元', asOf }: Shape,
): ExportSheet {
  const title = list ?? commonList(projects);
  const listed = title === undefined ? unnumbered(projects) : numbered(projects, title);
  if (list !== undefined && listed.length === 0) {
    throw new Refusal('export.noSuchList', `没有列入“${list}”的项目`, { list });
  }
  const rows = listed.map(({ project, sequence }) => rowOf(project, sequence));
  return {
    name: '重大项目清单',
    title: title ?? DEFAULT_TITLE,
    scope: asOfWords(asOf).join('；'),
    unit,
    columns: COLUMNS,
    header: [COLUMNS.map(({ header }) => ({ text: header }))],
    rows,
    total: [null, '合计', null, null, null, null, sumOf(rows, 6), sumOf(rows, 7), null],
    notes: [],
  };
}

interface Listed {
  project: ProjectRow;
  sequence: number | null;
}

function unnumbered(projects: readonly ProjectRow[]): Listed[] {
  return projects.map((project, n) => ({ project, sequence: n + 1 }));
}

/** In the order of the list; projects that it gave no number stand last. */
function numbered(projects: readonly ProjectRow[], title: string): Listed[] {
  const listed = projects.flatMap((project) => {
    const entry = entryIn(project, title);
    return entry ? [{ project, sequence: entry.sequence }] : [];
  });
  return listed.sort((a, b) => (a.sequence ?? Infinity) - (b.sequence ?? Infinity));
}

/** The entry for the year of use, where a list names a project for several years. */
function entryIn({ lists, plannedUse }: ProjectRow, title: string): ProjectRow['lists'][number] | undefined {
  const entries = lists.filter((entry) => entry.title === title);
  const year = plannedUse === null ? null : yearOf(plannedUse);
  return entries.find((entry) => entry.year === year) ?? entries[0];
}

function commonList(projects: readonly ProjectRow[]): string | undefined {
  const titles = new Set(projects[0]?.lists.map(({ title }) => title));
  return [...titles].find((title) =>
    projects.every(({ lists }) => lists.some((entry) => entry.title === title)),
  );
}

function rowOf(project: ProjectRow, sequence: number | null): ExportValue[] {
  const { name, category, plannedUse, place, scope, totalInvestment, selfRaised, implementingUnits } =
    project;
  return [
    sequence,
    name,
    category.label,
    plannedUse && printPartialDate(plannedUse),
    place,
    scope,
    totalInvestment && BigInt(totalInvestment.fen),
    selfRaised && BigInt(selfRaised.fen),
    implementingUnits.join('、'),
  ];
}

/** An unknown amount adds nothing; a column that knows none has no sum. */
function sumOf(rows: readonly (readonly ExportValue[])[], column: number): bigint | null {
  const known = rows.map((row) => row[column]).filter((fen) => typeof fen === 'bigint');
  return known.length > 0 ? known.reduce((sum, fen) => sum + fen, 0n) : null;
}
