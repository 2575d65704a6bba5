import { invalid } from '../http/validation.js';

/**
 * A field beside the file that holds a JSON array.
 * @throws ProblemError `request.invalid` at the field
 */
export function jsonField(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ pointer: `/${name}`, message: '应为 JSON 数组' }]);
  }
}
