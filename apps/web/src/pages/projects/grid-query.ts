import { asOf, type View } from '../../state/view.js';
import { USUAL } from './columns.js';

/** What the grid shows, as the address has it: filters by the API's names, order, columns. */
export interface GridQuery {
  category: string;
  stage: string;
  source: string;
  year: string;
  plannedUseYear: string;
  q: string;
  sort: string;
  descending: boolean;
  columns: readonly string[];
  groupBy: string;
}

export const FILTERS = ['category', 'stage', 'source', 'year', 'plannedUseYear', 'q'] as const;

type Query = Readonly<Record<string, unknown>>;

export function gridOf(query: Query): GridQuery {
  const text = (key: string): string => (typeof query[key] === 'string' ? query[key] : '');
  return {
    category: text('category'),
    stage: text('stage'),
    source: text('source'),
    year: /^\d{4}$/u.test(text('year')) ? text('year') : '',
    plannedUseYear: /^\d{4}$/u.test(text('plannedUseYear')) ? text('plannedUseYear') : '',
    q: text('q'),
    sort: text('sort') || 'entered',
    descending: text('descending') === 'true',
    columns: text('columns') === '' ? USUAL : text('columns').split(','),
    groupBy: text('groupBy') || 'category',
  };
}

/** The grid's part of an address: what is as usual is left out, so that links stay short. */
export function addressQueryOf(grid: GridQuery): Record<string, string> {
  const all: Record<string, string> = {
    ...Object.fromEntries(FILTERS.map((key) => [key, grid[key]])),
    sort: grid.sort === 'entered' ? '' : grid.sort,
    descending: grid.descending ? 'true' : '',
    columns: grid.columns.join() === USUAL.join() ? '' : grid.columns.join(),
    groupBy: grid.groupBy === 'category' ? '' : grid.groupBy,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** The filter for the API, and both days. */
export function filterOf(grid: GridQuery, view: View): Record<string, string> {
  const all = { ...Object.fromEntries(FILTERS.map((key) => [key, grid[key]])), ...asOf(view) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** A click on a header: sorts by it, turns it, and the third time goes back to the order of entry. */
export function sortedBy(grid: GridQuery, sort: string): Pick<GridQuery, 'sort' | 'descending'> {
  if (grid.sort !== sort) return { sort, descending: false };
  return grid.descending ? { sort: 'entered', descending: false } : { sort, descending: true };
}
