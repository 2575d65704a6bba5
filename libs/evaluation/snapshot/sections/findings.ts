import { RULES } from '#libs/findings/domain/rules/rules.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { readCohorts } from '#libs/read-models/findings/find-findings.js';
import { cohortsIn, findingView, type FindingRow } from '#libs/read-models/findings/finding-view.js';
import { findingsSql, RULE_IDS } from '#libs/read-models/findings/findings-sql.js';
import { RuleBook } from '#libs/read-models/findings/rule-book.js';
import { readAdoptions } from '#libs/read-models/findings/rule-sets.handler.js';
import type { FindingView } from '#libs/read-models/findings/queries.js';
import type { Moment } from '../at-one-position.js';
import type { Entry } from '../entry.js';
import type { Section, SectionContext } from './section.js';

const ROWS_AT_ONCE = 500;
/** What counts as dealt with. */
const DONE: ReadonlySet<string> = new Set(['waived', 'closed']);

const IN_KEY_ORDER = `select * from (${findingsSql(false)}) found order by rule collate "C", subject_id collate "C"`;

/** Findings that stood on the last day of the year, and how many of each rule and severity. */
export const findingsSection: Section = {
  name: 'findings',
  async *entries(context) {
    const counts = new Map<string, Record<string, number>>();
    let [found, done] = [0n, 0n];
    for await (const view of standingFindings(context)) {
      const { rule, subject, severity, failsFrom, items, handling, regions } = view;
      const count = counts.get(rule.id) ?? { warning: 0, error: 0, critical: 0, done: 0 };
      counts.set(rule.id, count);
      count[severity!.key]! += 1;
      found += 1n;
      if (DONE.has(handling.key)) {
        done += 1n;
        count['done']! += 1;
      }
      yield {
        key: `${rule.id}/${subject.id}`,
        label: `${rule.title} ${subject.name}`,
        figures: {
          ruleVersion: rule.version,
          subject: subject.kind.key,
          severity: severity!.key,
          failsFrom,
          handling: handling.key,
          regions: regions.codes,
          sentences: items.map(({ sentence }) => sentence),
          events: items.flatMap(({ events }) => events),
        },
      };
    }
    context.measures.findingsHandled = { part: done, of: found };
    context.measures.reportingRate = await reporting(context);
    yield* [...counts].sort().map(([rule, figures]): Entry => ({
      key: `summary/${rule}`,
      label: RULES.find(({ id }) => id === rule)?.title ?? rule,
      figures,
    }));
  },
};

/** Findings of the region that fail on the day, in the order of rule and subject. */
export async function* standingFindings({
  moment,
  region,
  day,
}: Pick<SectionContext, 'moment' | 'region' | 'day'>): AsyncGenerator<FindingView> {
  const prefix = regionPrefix(region);
  const asked = [
    null,
    day,
    RULE_IDS,
    null,
    'failing',
    null,
    null,
    prefix,
    null,
    null,
    null,
    null,
    null,
    null,
  ];
  let rows: FindingRow[] = [];
  for await (const row of moment.rows<FindingRow>(IN_KEY_ORDER, asked)) {
    rows.push(row);
    if (rows.length < ROWS_AT_ONCE) continue;
    yield* await viewsOf(moment, rows, day);
    rows = [];
  }
  yield* await viewsOf(moment, rows, day);
}

async function viewsOf(moment: Moment, rows: readonly FindingRow[], day: string): Promise<FindingView[]> {
  const cohorts = await readCohorts(moment, null, rows.flatMap(cohortsIn));
  const rules = new RuleBook(await readAdoptions(moment));
  const cohortOf = (key: string) => cohorts.get(key);
  return rows.map((row) => findingView(row, day, cohortOf, rules.timetableFor(row.regions)));
}

/** Projects that owe monthly reports and have none overdue on the day. */
const REPORTING = `
  select count(*)::text as due, (count(*) filter (where warning_from is null or warning_from > $1::date))::text as kept
  from read.finding_current c
  where rule = 'L4' and kind <> 'notApplicable' and exists (
    select from (
      select regions from read.finding_subject s where s.subject_id = c.subject_id order by position desc limit 1
    ) last, unnest(last.regions) region where starts_with(region, $2))`;

async function reporting({ moment, region, day }: SectionContext): Promise<{ part: bigint; of: bigint }> {
  const [row] = await moment.query<{ due: string; kept: string }[]>(REPORTING, [day, regionPrefix(region)]);
  return { part: BigInt(row!.kept), of: BigInt(row!.due) };
}
