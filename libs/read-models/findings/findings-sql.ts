import { SEVERITIES } from '#libs/findings/domain/outcome.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';

const KNOWN = `($1::timestamptz is null or known_at <= $1)`;
const COLUMNS = 'subject_id, rule, position, known_at, kind, warning_from, error_from, critical_from, basis';

const NOW = `select ${COLUMNS} from read.finding_current where $1::timestamptz is null and rule = any($3)`;
/** Narrow rows only: the outcomes themselves are long, and are fetched for the page alone. */
const AS_KNOWN = `
  select distinct on (subject_id, rule) ${COLUMNS} from read.finding_result
  where known_at <= $1 and rule = any($3)
  order by subject_id, rule, position desc`;

const worst = Object.keys(SEVERITIES)
  .toReversed()
  .map((severity) => `when ${severity}_from <= $2::date then '${severity}'`)
  .join(' ');

/**
 * Findings as known at $1 (null: now) on the day $2. $3 rules in their order; from $4 the filter: severity, status,
 * handling, category, region prefix, subject; then the place behind which to go on ($10 number of the rule, $11 entry
 * of the subject), how many, the kind of subject, and ($14) the id of the subject behind which to go on.
 */
export function findingsSql(asKnown: boolean): string {
  return `
    with outcome as (${asKnown ? AS_KNOWN : NOW}),
      subject as (
        select distinct on (subject_id) subject_id, entered, kind as subject_kind, name,
          category, regions
        from read.finding_subject where ${KNOWN} order by subject_id, position desc),
      step as (
        select distinct on (subject_id, rule) subject_id, rule, kind as step, basis as step_basis
        from read.finding_step where ${KNOWN} order by subject_id, rule, position desc),
      finding as (
        select o.*, s.entered, subject_kind, s.name, s.category, s.regions, array_position($3::text[], o.rule) as rule_no,
          case ${worst} end as severity,
          least(warning_from, error_from, critical_from) as fails_from,
          step_basis is not null and o.kind = 'fail' and step_basis <> o.basis as reopened,
          case when step is not null and (o.kind <> 'fail' or step_basis = o.basis) then step else 'open' end
            as handling
        from outcome o join subject s using (subject_id) left join step using (subject_id, rule)),
      told as (
        select *, case when kind <> 'fail' then kind when severity is null then 'ripening' else 'failing' end as status
        from finding),
      page as (
        select * from told
        where ($4::text is null or severity = $4) and ($5::text is null or status = $5)
          and ($6::text is null or handling = $6) and ($7::text is null or category = $7)
          and ($8::text is null or exists (select from unnest(regions) region where starts_with(region, $8)))
          and ($9::text is null or subject_id = $9)
          and ($13::text is null or subject_kind = $13)
          and ($10::integer is null or (rule_no, entered, subject_id) > ($10, $11::text, $14::text))
        order by rule_no, entered, subject_id limit $12)
    select p.subject_id, p.rule, rule_no, entered, subject_kind, name, category, regions, status, severity, fails_from::text,
      handling, reopened, p.basis, p.known_at, r.outcome
    from page p join read.finding_result r
      on r.subject_id = p.subject_id and r.rule = p.rule and r.position = p.position
    order by rule_no, entered, subject_id`;
}

/** How many findings there are, by rule and severity: as known at $1 (null: now), on the day $2, of the rules $3 in the region prefix $4. */
export function countsSql(asKnown: boolean): string {
  return `
    with outcome as (${asKnown ? AS_KNOWN : NOW})
    select rule, severity, count(*)::integer as count
    from (
      select rule, case ${worst} end as severity
      from outcome o
      where kind = 'fail' and ($4::text is null or exists (
        select from (
          select regions from read.finding_subject s where s.subject_id = o.subject_id and ${KNOWN}
          order by position desc limit 1) subject, unnest(regions) region
        where starts_with(region, $4)))
    ) told
    where severity is not null group by rule, severity`;
}

export const RULE_IDS = RULES.map(({ id }) => id);

/** The cohorts of $2 as known at $1. */
export const COHORTS_SQL = `
  select distinct on (cohort) cohort, projects, median_part::text, median_of::text
  from read.finding_cohort where cohort = any($2::text[]) and ${KNOWN} order by cohort, position desc`;

/** What was done about the finding of rule $2 and subject $3, as known at $1. */
export const STEPS_SQL = `
  select event_id, kind, effective, known_at, actor, said, basis from read.finding_step
  where rule = $2 and subject_id = $3 and ${KNOWN} order by position`;
