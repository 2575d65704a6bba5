import { IGNORED, MEANING_LABELS } from '#libs/exchange/project-list/meanings.js';
import type { ApiProblem } from '../../api/problem.js';
import type { ImportReport } from './words.js';

type List = ImportReport['lists'][number];
export type ColumnReport = NonNullable<List['columns']>[number];
export type ListColumns = Pick<List, 'sheet' | 'headerRow'> & { columns: readonly ColumnReport[] };

/** What the user says that a column means; `meaning` is a key or `ignored`. */
export interface Reading {
  sheet: string;
  column: string;
  meaning: string;
}

/** What a column can be read as, for a list to choose from: fields first, then sources, then not at all. */
export const READ_AS: readonly (readonly [string, string])[] = [
  ...Object.entries(MEANING_LABELS),
  [IGNORED, '不读取'],
];

/** What a column was read as, in Chinese. */
export const readAs = ({ meaning }: ColumnReport): string =>
  meaning === undefined ? '不读取' : (MEANING_LABELS[meaning] ?? meaning);

/** The readings with one more said, or, with no meaning, taken back: the header decides again. */
export function withReading(readings: readonly Reading[], said: Reading): Reading[] {
  const others = readings.filter(({ sheet, column }) => sheet !== said.sheet || column !== said.column);
  return said.meaning === '' ? others : [...others, said];
}

export const columnsOf = (lists: readonly List[]): ListColumns[] =>
  lists.flatMap(({ sheet, headerRow, columns }) => (columns ? [{ sheet, headerRow, columns }] : []));

/** The columns that come with a refusal, where saying what they mean may put it right. */
export function columnsIn({ details }: ApiProblem): ListColumns[] | undefined {
  const { lists } = details;
  return Array.isArray(lists) ? columnsOf(lists as List[]) : undefined;
}

/** Whether a refusal is about the file, and so is said where the file was dropped. */
export const isOfFile = ({ code }: ApiProblem): boolean =>
  code === 'request.tooLarge' || (code.startsWith('import.') && code !== 'import.regionUnknown');
