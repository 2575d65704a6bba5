import { invalid, validated } from '../http/validation.js';
import { ImportColumns, type ColumnReadingBody } from '../dto/import-queries.js';

const check = validated(ImportColumns);

/**
 * What is said of columns in the field `columns` beside the file: a JSON array, or nothing.
 * @throws ProblemError `request.invalid` with the place in the array
 */
export async function columnReadings(text: string | undefined): Promise<ColumnReadingBody[]> {
  if (text === undefined || text.trim() === '') return [];
  const columns: unknown = parsed(text);
  const body = (await check.transform({ columns }, { type: 'body' })) as ImportColumns;
  return body.columns;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ pointer: '/columns', message: '应为 JSON 数组' }]);
  }
}
