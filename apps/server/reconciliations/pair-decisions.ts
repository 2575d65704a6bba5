import { PairDecisions, type PairDecisionBody } from '../dto/reconciliations.js';
import { validated } from '../http/validation.js';
import { jsonField } from '../imports/json-field.js';

const check = validated(PairDecisions);

/**
 * What is said of proposed pairs in the field `decisions` beside the file: a JSON array; undefined where nothing was sent.
 * @throws ProblemError `request.invalid` with the place in the array
 */
export async function pairDecisions(text: string | undefined): Promise<PairDecisionBody[] | undefined> {
  if (text === undefined) return undefined;
  const decisions = jsonField('decisions', text);
  const body = (await check.transform({ decisions }, { type: 'body' })) as PairDecisions;
  return body.decisions.map((each) => ({ ...each }));
}
