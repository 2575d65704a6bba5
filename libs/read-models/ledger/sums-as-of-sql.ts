import { LINE_KEY, lineSums } from './sums-sql.js';
import { SPAN_AMOUNTS, STAGE_AMOUNTS, type Span } from './sums.js';

/** The two times asked for; one that is not given is no bound. */
const KNOWN = `coalesce($1::timestamptz, 'infinity')`;
const EFFECTIVE = `coalesce($2::date, 'infinity')`;
const PROJECT = '($3::uuid is null or project_id = $3)';

/** Where a month or year begins that is nearest to the times, before them or after: what is recorded and effective before. */
const HALF: Record<Span, string> = { month: '15 days', year: '6 months' };
const knownCut = (span: Span) =>
  `(date_trunc('${span}', ${KNOWN} at time zone 'UTC' + interval '${HALF[span]}') at time zone 'UTC')`;
const knownDay = (span: Span) => `(${knownCut(span)} at time zone 'UTC')::date`;
const effectiveCut = (span: Span) =>
  `date_trunc('${span}', ${EFFECTIVE} + 1 + interval '${HALF[span]}')::date`;

/** Of a row of the table by `span`: it lies before both cuts of the months, or of the years. */
const before = (cut: Span, span: Span) =>
  `(recorded_${span} < ${knownDay(cut)} and effective_${span} < ${effectiveCut(cut)})`;

const between = (column: string, one: string, other: string) =>
  `${column} >= least(${one}, ${other}) and ${column} <= greatest(${one}, ${other})`;

/** Rows that count by one condition and not by the other, with the sign that puts right what was taken by the other. */
const putRight = (table: string, among: readonly string[], counts: string, taken: string) => `
  select *, ${counts}::integer - ${taken}::integer as sign from read.${table}
  where (${among.join(' or ')}) and ${counts} <> ${taken} and ${PROJECT}`;

const MONTHS_PUT_RIGHT = putRight(
  'ledger_month',
  [
    between('recorded_month', knownDay('month'), knownDay('year')),
    between('effective_month', effectiveCut('month'), effectiveCut('year')),
  ],
  before('month', 'month'),
  before('year', 'month'),
);

const LINE_COUNTS = `(recorded_at <= ${KNOWN} and effective_to <= ${EFFECTIVE})`;
const LINE_BEFORE_CUT = `(recorded_at < ${knownCut('month')} and effective_to < ${effectiveCut('month')})`;
/** Found by an index of each time. */
const LINES_PUT_RIGHT = putRight(
  'ledger_transfer',
  [
    between('recorded_at', KNOWN, knownCut('month')),
    between('effective_to', EFFECTIVE, effectiveCut('month')),
  ],
  LINE_COUNTS,
  LINE_BEFORE_CUT,
);

const LINE_COLUMNS = 'project_id, source, level, stage, from_account, from_year, to_account, to_year';
const SUM_COLUMNS = 'project_id, source, level, year, carried_to, held_at';
const signed = (amounts: readonly string[]) =>
  amounts.map((amount) => `sign * ${amount} as ${amount}`).join(', ');

/** What puts the years right. */
const PUT_RIGHT = `
  select ${SUM_COLUMNS}, ${signed([...SPAN_AMOUNTS, 'lines'])} from (${MONTHS_PUT_RIGHT}) month
  union all
  select ${LINE_KEY}, ${lineSums('sum(sign)')}
  from (select ${LINE_COLUMNS}, ${signed(['amount_fen'])}, sign from (${LINES_PUT_RIGHT}) line) line
  group by 1, 2, 3, 4, 5, 6`;

/**
 * Sums of what was known at $1 and effective on $2, of the project $3 or all: years up to the nearest turn of a year, put
 * right by months up to the nearest turn of a month, put right by the lines between it and the times.
 */
export const SUMS_AS_OF = `(
  select ${SUM_COLUMNS}, ${SPAN_AMOUNTS.join(', ')}, lines
  from read.ledger_year where ${before('year', 'year')} and ${PROJECT}
  union all ${PUT_RIGHT})`;

/**
 * What to take from the balances of now, so that they are those of $1 and $2: the years behind their cut, less what
 * puts those before it right. Of a day not long ago this is little, where what came before it is nearly all.
 */
export const SUMS_SINCE = `(
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.join(', ')}, lines
  from read.ledger_year where not ${before('year', 'year')} and ${PROJECT}
  union all
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.map((amount) => `-${amount}`).join(', ')}, -lines
  from (${PUT_RIGHT}) counting)`;

/**
 * Of a row of `unknown`: the project had money by $1 and $2. Months say of most that it had none; a line is looked for
 * project by project (a value, not \`exists\`, which would be asked of all of the journal at once).
 */
export const HAD_MONEY = `(
  exists (
    select from read.ledger_month month where month.project_id = unknown.project_id
      and recorded_month <= (${KNOWN} at time zone 'UTC')::date and effective_month <= ${EFFECTIVE})
  and (select true from read.ledger_transfer line where line.project_id = unknown.project_id and ${LINE_COUNTS} limit 1))`;
