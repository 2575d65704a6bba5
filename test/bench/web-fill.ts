import type pg from 'pg';
import type { Projection } from '#libs/projection/projection.js';
import { findingsProjection } from '#libs/read-models/findings/projection.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { registerProjection } from '#libs/read-models/register/projection.js';
import { timelineProjection } from '#libs/read-models/timeline/projection.js';
import { yearlyCountsProjection } from '#libs/read-models/yearly-counts/projection.js';

export const PROJECTS = 50_000;
/** Of each project: three years of a plan, its money as far as five payments, and ten monthly reports. */
const EVENTS_OF_EACH = 60;
export const EVENTS = PROJECTS * EVENTS_OF_EACH;

const choice = (values: readonly string[], index: string) =>
  `(array['${values.join("', '")}'])[1 + (${index})::integer % ${values.length}]`;
const SOURCES = [
  'CentralBudgetInvestment',
  'ProvincialFiscal',
  'SelfRaised',
  'WelfareLotteryFund',
  'BankLoan',
];
const CATEGORIES = ['ElderlyCare', 'ElderlyCare', 'Childcare', 'MedicalElderlyCare'];
const STAGES = ['Pooled', 'Approved', 'UnderConstruction', 'UnderConstruction', 'Accepted', 'InUse', 'InUse'];

/** The nth project of 50 made-up counties. A quarter of the total is in no plan. */
const PROJECT = `
  select n, md5('project ' || n)::uuid as project_id, '00000000-0000-4000-8000-000000000000:' || lpad(to_hex(n), 16, '0') as entered,
    '示例第' || n || '社区综合服务中心建设项目' as name, ${choice(CATEGORIES, 'n')} as category, ${choice(STAGES, 'n / 3')} as stage,
    (990101 + n % 50)::text as region, 2023 + n % 6 as use_year, (4 + n % 900 * 4) * 25000000::bigint as total_fen,
    20 + n % 180 as places
  from generate_series(0, ${PROJECTS} - 1) n`;
const kindOf = `case when category = 'Childcare' then 'places' else 'beds' end`;
const capacity = `case when n % 5 = 0 then '{}'::jsonb else
  jsonb_build_object(${kindOf}, jsonb_build_object('low', places, 'high', places + n % 3 * 10)) end`;

/**
 * What the register is folded from: the plan of three years as soon as it is known, then one fact a stage, months apart.
 * Every tenth project is put off by a year in September 2025.
 */
const REACHED = `array_position(array['Pooled', 'Approved', 'UnderConstruction', 'Accepted', 'InUse'], stage)`;
const FACTS = `
  insert into register_fact (event_id, project_id, revision, position, event_type, effective, effective_to, recorded_at, data)
  select md5('fact ' || n || ' ' || nth)::uuid, project_id, nth,
    '00000000-0000-4000-8000-000000000000:' || lpad(to_hex(nth * ${PROJECTS} + n), 16, '0'), type,
    case nth when 0 then '2022' else day::text end, day, day + interval '20 days' * sign(nth), data
  from (select *, case nth when 0 then date '2022-12-31' else date '2022-12-12' + nth * 150 + n % 140 end as day
    from (${PROJECT}) project, lateral (values
      (0, 1, 'ProjectEnteredPool', jsonb_build_object('projectId', project_id, 'details', jsonb_build_object('name', name,
        'category', category, 'regions', jsonb_build_array(region), 'place', '示例' || n % 50 || '县示例镇', 'implementingUnits',
        jsonb_build_array('示例' || n % 50 || '县民政局'), 'scope', '新建示例用房' || places * 30 || '平方米', 'plannedUse',
        use_year::text, 'totalInvestmentFen', total_fen::text, 'plannedCapacity', ${capacity}))),
      (1, 1, 'FundingPlanned', jsonb_build_object('lines', (select jsonb_agg(jsonb_build_object(
        'source', ${choice(SOURCES, 'n')}, 'budgetYear', year, 'amountFen', (total_fen / 4)::text)) from generate_series(2023, 2025) year))),
      (2, 2, 'ProjectListedForYear', jsonb_build_object('year', 2024, 'listTitle', '示例州2024年重点项目清单')),
      (3, 2, 'ProjectApproved', jsonb_build_object('mode', 'Approval', 'documentNumber', '示例审〔2024〕' || n || '号',
        'authority', '示例州发展改革委', 'approvedTotalFen', total_fen::text)),
      (4, 3, 'ConstructionStarted', '{}'),
      (5, 4, 'CompletionAccepted', jsonb_build_object('capacity', jsonb_build_object(${kindOf}, places), 'documentNumber', '示例验〔2025〕' || n || '号')),
      (6, 5, 'ProjectCommissioned', jsonb_build_object('capacity', jsonb_build_object(${kindOf}, places))),
      (7, case when n % 10 = 0 then 1 end, 'ProjectDetailsRevised', jsonb_build_object('before', jsonb_build_object('plannedUse', use_year::text),
        'after', jsonb_build_object('plannedUse', (use_year + 1)::text)))) fact (nth, stage_no, type, data)
    where stage_no <= ${REACHED}) told`;

const attributes = (table: string, fields: readonly string[]) => `
  insert into ${table} (project_id, field, value, position, event_id, event_type, effective, effective_from, effective_to, recorded_at)
  select project_id, field, value, entered, md5('entry ' || n)::uuid, 'ProjectEnteredPool', '2022', date '2022-01-01',
    date '2022-12-31', timestamptz '2022-12-31 12:00Z'
  from (${PROJECT}) project, lateral (values ('entered', entered), ('name', name), ('category', category), ('regions', region),
    ('plannedStart', null), ('plannedUse', use_year::text), ('totalInvestmentFen', total_fen::text),
    ('plannedCapacity', ${capacity}::text), ('bedScope', null)) said (field, value)
  where field in ('${fields.join("', '")}')
  union all
  select project_id, 'plannedUse', (use_year + 1)::text, '00000000-0000-4000-8000-000000000000:' || lpad(to_hex(7 * ${PROJECTS} + n), 16, '0'),
    md5('put off ' || n)::uuid, 'ProjectDetailsRevised', '2025-09-01', '2025-09-01', '2025-09-01', '2025-09-20 12:00Z'
  from (${PROJECT}) project where n % 10 = 0`;

/** Position, kind and amount of every event: the eth of the nth project. Positions ascend with the time they were recorded at. */
const TOLD = `
  select n, e, md5('project ' || n)::uuid as project_id, md5('event ' || n || ' ' || e)::uuid as event_id,
    '00000000-0000-4000-8000-000000000000:' || lpad(to_hex(${PROJECTS} + e * ${PROJECTS}::bigint + n), 16, '0') as position,
    2023 + e / 20 as year, greatest(0, least(6, e % 20 - case when e % 20 > 5 then e % 20 - case when e % 20 < 10 then 5 else 6 end else 0 end)) as step,
    ${choice(SOURCES, 'n')} as source, (4 + n % 900 * 4) * 25000000::bigint / 4 as year_fen,
    timestamptz '2023-01-01 00:00Z' + interval '1095 days' * ((e * ${PROJECTS}::bigint + n)::float / ${EVENTS}) as recorded_at
  from generate_series(0, ${EVENTS_OF_EACH} - 1) e, generate_series(0, ${PROJECTS} - 1) n`;
const TYPES = [
  'FundingPlanRevised',
  'FundsApplied',
  'FundsAllocated',
  'FundsDisbursed',
  'FundsReceived',
  'FundsPaid',
  'ProgressReported',
];
const COLUMNS = ['planned', 'applied', 'allocated', 'disbursed', 'received', 'paid', 'completedInvestment'];
const ORIGINS = ['sources', 'planned', 'applied', 'allocated', 'disbursed', 'received', 'work'];
const amount = `case when step < 5 then year_fen when step = 5 then year_fen / 5 else year_fen / 10 end`;

const JOURNAL = `
  insert into ledger_transfer (position, line, event_id, event_type, project_id, source, stage, from_account, from_year, to_account,
    to_year, amount_fen, document_number, effective, effective_to, recorded_at)
  select position, 0, event_id, ${choice(TYPES, 'step')}, project_id, case when step < 6 then source end, ${choice(COLUMNS, 'step')},
    ${choice(ORIGINS, 'step')}, year, ${choice(COLUMNS, 'step')}, year, ${amount}, '示例文〔' || year || '〕' || n || '号',
    day::text, day, recorded_at
  from (select *, recorded_at::date - (n % 20)::integer as day from (${TOLD}) told) dated`;

const TIMELINE = `
  insert into timeline_event
  select event_id, project_id, 1 + row_number() over (partition by project_id order by position), position, event_type, effective,
    effective_to, effective_to, recorded_at, '{"user":"示例","unit":"示例民政局","role":"ImplementingUnit","region":"990101"}',
    '[]', case when source is null
      then jsonb_build_object('month', left(effective, 7), 'completedFen', amount_fen::text)
      else jsonb_build_object('source', source, 'budgetYear', to_year, 'amountFen', amount_fen::text, 'documentNumber', document_number)
    end, '', '', '', null
  from ledger_transfer`;

const MOVEMENTS = `
  insert into capacity_movement (position, kind, event_id, event_type, project_id, figure, delta, year, effective, effective_from,
    effective_to, recorded_at)
  select '00000000-0000-4000-8000-000000000000:' || lpad(to_hex(${EVENTS + PROJECTS} + n), 16, '0'), ${kindOf},
    md5('in use ' || n)::uuid, 'ProjectCommissioned', project_id, 'commissioned', places, 2024 + n % 2,
    (2024 + n % 2) || '-06-01', make_date(2024 + n % 2, 6, 1), make_date(2024 + n % 2, 6, 1), make_date(2024 + n % 2, 6, 2)
  from (${PROJECT}) project where stage = 'InUse'`;

/** Two rules fail on every third project. */
const FINDINGS = `
  insert into finding_subject (subject_id, position, known_at, entered, kind, name, category, regions)
  select project_id::text, entered, '2023-01-01Z', entered, 'project', name, category, array[region] from (${PROJECT}) project;
  insert into finding_current (subject_id, rule, position, known_at, kind, warning_from, basis, outcome)
  select project_id::text, rule, entered, '2023-01-01Z', 'fail', '2024-01-01', md5(name), '{"kind":"fail","items":[]}'
  from (${PROJECT}) project, unnest(array['M8', 'L2']) rule where n % 3 = 0;
  insert into finding_result select * from finding_current`;

const FILLED = [
  registerProjection,
  ledgerProjection,
  timelineProjection,
  yearlyCountsProjection,
  findingsProjection,
];
const SCHEMA = `select distinct table_schema as schema from information_schema.view_table_usage
  where view_schema = 'read' and view_name = any($1)`;

/**
 * Fills the tables of the read models that pages ask, set-based, as their projections would have filled them from
 * `EVENTS` events; the sums beside the journal come about by the ledger's own statements.
 */
export async function fillForPages(pool: pg.Pool, told: (what: string) => void): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ schema: string }>(SCHEMA, [FILLED.flatMap(({ views }) => views)]);
    await client.query(`set search_path to ${rows.map(({ schema }) => `"${schema}"`).join(', ')};
      set work_mem to '256MB'; set maintenance_work_mem to '256MB'`);
    // Filled once and only read from: what would be logged for a crash costs time and changes no plan.
    for (const view of FILLED.flatMap(({ views }) => views))
      await client.query(`alter table ${view} set unlogged`);
    await client.query(`${FACTS};
      ${attributes('ledger_attribute', ['entered', 'name', 'category', 'regions', 'plannedUse', 'totalInvestmentFen'])};
      ${attributes('capacity_attribute', ['entered', 'name', 'category', 'regions', 'plannedStart', 'plannedUse', 'plannedCapacity', 'bedScope'])};
      ${MOVEMENTS}; ${FINDINGS}`);
    await derive(client, registerProjection);
    await derive(client, yearlyCountsProjection);
    told(`${PROJECTS} projects and the states they were in`);
    await client.query(JOURNAL);
    told(`${EVENTS} journal lines`);
    await derive(client, ledgerProjection);
    told('sums by balance and by month');
    await client.query(TIMELINE);
    told(`${EVENTS} events of the timeline`);
    for (const { indexes = '' } of FILLED) await client.query(indexes);
    await client.query('vacuum analyze');
  } finally {
    await client.query('reset all');
    client.release();
  }
}

async function derive(client: pg.PoolClient, { derivations = [] }: Projection): Promise<void> {
  for (const { derive } of derivations) await derive(client);
}
