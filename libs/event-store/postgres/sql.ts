import { readFileSync } from 'node:fs';

/** The text of a file in `sql/`. */
export function sqlOf(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}

/** Stands between the items of a list that is sent as one text; see `sql/known.sql`. */
export const SEPARATOR = '\u001e';
