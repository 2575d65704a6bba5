import type { ProjectEventType } from '#libs/projects/domain/events.js';
import { asOfParameters } from '../as-of.js';
import { standsAsOf } from '../timeline/stands.js';
import type { AsOf } from '../views.js';
import { foldProject, REGISTER_FACTS, type RegisterFact } from './fold.js';
import type { RegisteredProject } from './registered-project.js';

/** $3 the year, $4 what the register has a meaning for. */
const FACTS = `
  with listed as (
    select distinct project_id from read.timeline_event t
    where event_type = 'ProjectListedForYear' and (data ->> 'year')::integer = $3 and ${standsAsOf('t')})
  select t.project_id, t.event_type as type, t.effective, t.position, t.data
  from listed join read.timeline_event t using (project_id)
  where t.event_type = any($4) and ${standsAsOf('t')}
  order by t.project_id, t.revision`;

/** Reads a long answer some rows at a time. */
export type RowsOf = <T>(sql: string, parameters: unknown[]) => AsyncIterable<T>;

type Row = RegisterFact & { project_id: string; type: ProjectEventType };

/** Projects on the annual list of the year, as the register would have shown them then, in the order of ids. */
export async function* listedAsOf(
  rows: RowsOf,
  year: number,
  asOf: AsOf,
): AsyncGenerator<{ id: string; project: RegisteredProject }> {
  const one = function* (facts: readonly Row[]) {
    const project = foldProject(facts);
    if (project?.lists.some((list) => list.year === year)) yield { id: facts[0]!.project_id, project };
  };
  let facts: Row[] = [];
  for await (const row of rows<Row>(FACTS, [...asOfParameters(asOf), year, REGISTER_FACTS])) {
    if (facts.length > 0 && facts[0]!.project_id !== row.project_id) {
      yield* one(facts);
      facts = [];
    }
    facts.push(row);
  }
  yield* one(facts);
}
