import type pg from 'pg';
import type { Projection } from '#libs/projection/projection.js';
import { fundPlansProjection } from '#libs/read-models/fund-plans/projection.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { timelineProjection } from '#libs/read-models/timeline/projection.js';

/** Held while the journal grows: both sizes have these projects, in 50 counties, and one balance each a budget year. */
export const PROJECTS = 2_000;
/** Lines that a rebuild sums up at a time. */
const SLICE = 150_000;
const PROJECTIONS: readonly Projection[] = [ledgerProjection, timelineProjection, fundPlansProjection];

/** When the nth of $1 lines was recorded: evenly over three years, in the order of positions. */
const RECORDED = `timestamptz '2023-01-01 00:00Z' + interval '1095 days' * (n::float / $1)`;
const SOURCES = [
  'CentralBudgetInvestment',
  'ProvincialFiscal',
  'CountyFiscal',
  'WelfareLotteryFund',
  'LocalSpecialBond',
];
const uuid = (what: string, n: string) => `md5('${what} ' || ${n})::uuid`;
const choice = (values: readonly string[], index: string) =>
  `(array['${values.join("', '")}'])[1 + ${index}]`;
const STAGES = ['planned', 'allocated', 'disbursed', 'received', 'paid'];

/**
 * The journal that stands behind everything: one line of every project in turn, five of them take an amount from the
 * plan to its payment. The effective day lies up to 29 days before the recording; a project has one source a year.
 */
const JOURNAL = `
  insert into ledger_transfer (position, line, event_id, event_type, project_id, source, stage, from_account,
    from_year, to_account, to_year, amount_fen, document_number, effective, effective_to, recorded_at)
  select 'bench:' || lpad(to_hex(n), 16, '0'), 0, ${uuid('event', 'n')},
    ${choice(['FundingPlanRevised', 'FundsAllocated', 'FundsDisbursed', 'FundsReceived', 'FundsPaid'], 'step')},
    ${uuid('project', 'project')}, ${choice(SOURCES, '(project + year) % 5')}, ${choice(STAGES, 'step')},
    ${choice(['sources', 'applied', 'allocated', 'disbursed', 'received'], 'step')}, year,
    ${choice(STAGES, 'step')}, year, 1000000 + project, '示例文〔' || year || '〕' || n || '号',
    effective::text, effective, recorded_at
  from (
    select n, (n % ${PROJECTS})::integer as project, (n / ${PROJECTS} % 5)::integer as step,
      (2023 + n * 3 / $1)::integer as year, ${RECORDED} as recorded_at,
      (${RECORDED})::date - (n * 7 % 30)::integer as effective
    from generate_series($2::bigint, least($2 + $3, $1)::bigint - 1) n
  ) told`;

const ATTRIBUTES = `
  insert into ledger_attribute (project_id, field, value, position, event_id, event_type, effective, effective_from,
    effective_to, recorded_at)
  select ${uuid('project', 'n')}, field, value, 'bench:' || lpad(to_hex(n), 16, '0'), ${uuid('entry', 'n')},
    'ProjectEnteredPool', '2022', '2022-01-01', '2022-12-31', '2022-12-31 12:00Z'
  from generate_series(0, ${PROJECTS} - 1) n, lateral (values
    ('entered', 'bench:' || lpad(to_hex(n), 16, '0')), ('name', '示例项目' || n), ('category', 'ElderlyCare'),
    ('regions', (990101 + n % 50)::text), ('plannedUse', '2025'), ('totalInvestmentFen', '5000000000')
  ) said (field, value)`;

/** Of the timeline only what a trace reads: the payments. */
const PAYMENTS = `
  insert into timeline_event
  select event_id, project_id, row_number() over (partition by project_id order by position), position, event_type,
    effective, effective_to, effective_to, recorded_at, '{}', '[]',
    jsonb_build_object('source', source, 'budgetYear', to_year, 'amountFen', amount_fen::text, 'payee', '示例建设公司',
      'basisDocument', document_number, 'purpose', '工程款'),
    '', '', '', null
  from ledger_transfer where stage = 'paid'`;

/** A plan document for each year and source, and every allocation drawn on it. */
const PLAN_DOCUMENTS = `
  insert into fund_plan
  select ${uuid('plan', `source || to_year`)}, min(position), ${uuid('issued', `source || to_year`)},
    '示例计划〔' || to_year || '〕' || source, null, '示例州发展改革委', '990100', source, null, to_year,
    sum(amount_fen), '2022', '2022-12-31', '2022-12-31 12:00Z'
  from ledger_transfer where stage = 'allocated' group by source, to_year`;
const DRAWS = `
  insert into fund_plan_draw
  select position, ${uuid('draw', 'position')}, ${uuid('plan', `source || to_year`)}, event_id, project_id,
    amount_fen, effective, effective_to, recorded_at, false
  from ledger_transfer where stage = 'allocated'`;

/**
 * Fills the tables of the read models in a schema of its own, set-based, as their projections would have filled them
 * from the events of `lines` journal lines. `show` puts it behind the views that queries read.
 */
export async function fill(pool: pg.Pool, schema: string, lines: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`create schema ${schema}; set search_path to ${schema}`);
    for (const { tables, views } of PROJECTIONS) {
      await client.query(tables);
      // Filled once and only read from: what would be logged for a crash costs time and changes no plan.
      for (const table of views) await client.query(`alter table ${table} set unlogged`);
    }
    for (let from = 0; from < lines; from += SLICE) {
      await client.query(JOURNAL, [lines, from, SLICE]);
      for (const { along } of ledgerProjection.derivations ?? []) await along?.(client);
    }
    for (const rows of [ATTRIBUTES, PAYMENTS, PLAN_DOCUMENTS, DRAWS]) await client.query(rows);
    // Sums and properties come about as in a rebuild: by the projection's own statements.
    await client.query("set work_mem to '128MB'; set maintenance_work_mem to '128MB'");
    for (const projection of PROJECTIONS) {
      for (const { derive } of projection.derivations ?? []) await derive(client);
      await client.query(projection.indexes ?? '');
    }
    await client.query('vacuum analyze');
  } finally {
    await client.query('reset all');
    client.release();
  }
}

export async function show(pool: pg.Pool, schema: string): Promise<void> {
  const views = PROJECTIONS.flatMap(({ views }) => views).map(
    (view) => `create or replace view read.${view} as select * from ${schema}.${view}`,
  );
  await pool.query(views.join(';'));
}
