import { ImportColumns, type ColumnReadingBody } from '../dto/import-queries.js';
import { validated } from '../http/validation.js';
import { jsonField } from './json-field.js';

const check = validated(ImportColumns);

/**
 * What is said of columns in the field `columns` beside the file: a JSON array, or nothing.
 * @throws ProblemError `request.invalid` with the place in the array
 */
export async function columnReadings(text: string | undefined): Promise<ColumnReadingBody[]> {
  if (text === undefined || text.trim() === '') return [];
  const columns = jsonField('columns', text);
  const body = (await check.transform({ columns }, { type: 'body' })) as ImportColumns;
  return body.columns;
}
