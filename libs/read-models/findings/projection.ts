import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { concernsDossier } from '#libs/findings/domain/dossier.js';
import { decodeHandlingStep, FINDING_STREAM_PREFIX } from '#libs/findings/domain/handling-events.js';
import {
  decodeRuleSetAdopted,
  RULE_SET_STREAM_PREFIX,
  type RuleSetAdopted,
} from '#libs/findings/domain/rule-set-events.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { FindingBook } from './finding-book.js';
import { JUDGES } from './judges.js';
import { adoptionOf, adoptionsSql, RuleBook } from './rule-book.js';

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

const ADOPTION_COLUMNS = ['event_id', 'position', 'known_at', 'effective', 'actor', 'data'] as const;
const STEP_COLUMNS = [
  'subject_id',
  'rule',
  'position',
  'event_id',
  'known_at',
  'effective',
  'kind',
  'basis',
  'actor',
  'said',
] as const;

/**
 * The audit rules, and what people did about what they found. A subject is judged after each moment that something
 * new was recorded of it, and what changed is appended: so what was known on any day is a question to the rows, and
 * equals judging the events up to then. What ripens carries its day, so no clock runs.
 */
export const findingsProjection: Projection = {
  name: 'findings',
  version: 11,
  streamPrefixes: [
    ...new Set([
      PROJECT_STREAM_PREFIX,
      FINDING_STREAM_PREFIX,
      RULE_SET_STREAM_PREFIX,
      ...JUDGES.flatMap(({ streamPrefixes }) => streamPrefixes),
    ]),
  ],
  onPoison: 'park',
  tables: sql('tables'),
  indexes: sql('indexes'),
  views: [
    'finding_fact',
    'finding_subject',
    'finding_result',
    'finding_current',
    'finding_cohort',
    'finding_comparison',
    'finding_lottery_fact',
    'finding_plan_entry',
    'finding_statistics',
    'finding_rule_set',
    'finding_step',
  ],
  apply,
  totals,
};

/** A rule set that is adopted divides the batch: what came before it was judged without. */
async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const known = await client.query<{ data: RuleSetAdopted }>(adoptionsSql('finding_rule_set'), [null]);
  let rules = new RuleBook(known.rows.map(({ data }) => adoptionOf(data)));
  let counted = 0;
  for (let at = 0; at < events.length;) {
    const next = events.findIndex(({ stream }, n) => n >= at && stream.startsWith(RULE_SET_STREAM_PREFIX));
    const end = next < 0 ? events.length : next;
    if (end > at) counted += await judge(events.slice(at, end), client, rules);
    if (next >= 0) {
      rules = await adopt(events[next]!, client, rules);
      counted += 1;
    }
    at = end + 1;
  }
  return counted;
}

async function judge(events: readonly StoredEvent[], client: PoolClient, rules: RuleBook): Promise<number> {
  const facts = events.flatMap(factIn);
  const steps = events.filter(({ stream }) => stream.startsWith(FINDING_STREAM_PREFIX));
  await copyRows(client, 'finding_step', STEP_COLUMNS, steps.map(stepLine).join(''));
  const bench = { client, book: new FindingBook(client), rules, supply: [] };
  for (const each of JUDGES) await each.judge({ events, facts }, bench);
  await bench.book.write();
  // Several judges may look at one event; of a project's, only those that some rule reads count.
  return facts.length + events.filter(({ stream }) => !stream.startsWith(PROJECT_STREAM_PREFIX)).length;
}

async function adopt(stored: StoredEvent, client: PoolClient, rules: RuleBook): Promise<RuleBook> {
  const { data, envelope } = decodeRuleSetAdopted(stored);
  const { recordedAt, effectiveDate, actor } = envelope;
  const { position } = stored;
  const said = [JSON.stringify(actor), JSON.stringify(data)];
  const line = copyLine([stored.id, position, recordedAt, effectiveDate, ...said]);
  await copyRows(client, 'finding_rule_set', ADOPTION_COLUMNS, line);
  const next = rules.with(adoptionOf(data));
  const bench = { client, book: new FindingBook(client), rules: next, supply: [] };
  for (const each of JUDGES) await each.judgeAgain(data.region, { position, recordedAt }, bench);
  await bench.book.write();
  return next;
}

function factIn(stored: StoredEvent): RecordedProjectEvent[] {
  if (!stored.stream.startsWith(PROJECT_STREAM_PREFIX)) return [];
  const event = decodeProjectEvent(stored);
  return concernsDossier(event.type === 'EntryReversed' ? event.data.reversed.type : event.type)
    ? [event]
    : [];
}

function stepLine(stored: StoredEvent): string {
  const { subjectId, rule, id, envelope, kind, basis, said } = decodeHandlingStep(stored);
  const { recordedAt, effectiveDate, actor } = envelope;
  const [who, what] = [JSON.stringify(actor), JSON.stringify(said)];
  return copyLine([subjectId, rule, stored.position, id, recordedAt, effectiveDate, kind, basis, who, what]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as outcomes,
      count(*) filter (where kind = 'fail')::text as failing,
      coalesce(md5(string_agg(subject_id || rule || coalesce(basis, kind), ',' order by subject_id, rule)), '')
        as digest,
      (select count(*)::text from finding_fact) as facts,
      (select count(*)::text from finding_step) as steps,
      (select count(*)::text from finding_rule_set) as rule_sets
    from finding_current`);
  return rows[0]!;
}
