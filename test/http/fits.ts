import { Compile } from 'typebox/compile';
import { ANSWERS, type AnswerName } from '../../apps/server/answers/catalogue.js';
import type { JsonValue } from './client.js';

/** Holds an answer to the schema that the OpenAPI document promises for it. */
export function expectFits(name: AnswerName, body: JsonValue): void {
  const errors = [...Compile(ANSWERS[name]).Errors(body)].map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  );
  expect(errors).toEqual([]);
}
