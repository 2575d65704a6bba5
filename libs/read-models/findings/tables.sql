-- What rules look at, as stored: dossiers are folded from here, of touched projects and for questions about a day.
create table finding_fact (
  project_id uuid not null,
  revision integer not null,
  event_id uuid not null,
  event_type text not null,
  effective text not null,
  data jsonb not null,
  position text collate "C" not null,
  known_at timestamptz not null,
  -- The last day its date can mean; of a reversal, not before that of what it takes back.
  effective_to date not null,
  -- The other project of a reallocation, of its half and of the reversal of it.
  counterpart uuid,
  primary key (project_id, revision)
);
create index finding_fact_counterpart on finding_fact (counterpart) where counterpart is not null;
-- What was recorded since a statement was compared is found by position; facts come in that order.
create index finding_fact_position on finding_fact using brin (position);

-- What findings are asked by; a row whenever one of these changes.
create table finding_subject (
  subject_id text collate "C" not null,
  position text collate "C" not null,
  known_at timestamptz not null,
  entered text collate "C" not null,
  kind text not null,
  name text not null,
  -- Of a project; null for what has none.
  category text,
  regions text[] not null,
  primary key (subject_id, position)
);

-- Every outcome that was new when it was recorded: the history of what each rule said of each subject.
create table finding_result (
  subject_id text collate "C" not null,
  rule text not null,
  position text collate "C" not null,
  known_at timestamptz not null,
  kind text not null,
  warning_from date,
  error_from date,
  critical_from date,
  -- Digest of what a failure rests on; null for what does not fail.
  basis text,
  -- Text as it was written, so that equal outcomes are equal text.
  outcome json not null
);

-- The last row of each in the history, for questions about now.
create table finding_current (
  subject_id text collate "C" not null,
  rule text not null,
  position text collate "C" not null,
  known_at timestamptz not null,
  kind text not null,
  warning_from date,
  error_from date,
  critical_from date,
  basis text,
  outcome json not null,
  primary key (subject_id, rule)
) with (fillfactor = 70);

-- What projects are compared by now, and how the costs of each cohort lay at any time.
create table finding_cost (
  project_id uuid primary key,
  cohort text not null,
  comparable json not null
);
create index finding_cost_cohort on finding_cost (cohort);
create table finding_cohort (
  cohort text not null,
  position text collate "C" not null,
  known_at timestamptz not null,
  projects integer not null,
  -- The median in fen per unit, as an exact fraction.
  median_part numeric not null,
  median_of numeric not null,
  primary key (cohort, position)
);

-- Every comparison of a statement with the ledger, of the last day of its period.
create table finding_comparison (
  position text collate "C" primary key,
  known_at timestamptz not null,
  effective_to date not null,
  event_id uuid not null,
  region text not null,
  data jsonb not null
);

-- Statements as they stand: the latest comparison, and what changed in its scope since.
create table finding_statement (
  reconciliation_id text primary key,
  scope_key text not null,
  from_day date not null,
  to_day date not null,
  -- The same scope was compared with another file afterwards.
  replaced boolean not null,
  statement jsonb not null
);
create index finding_statement_scope on finding_statement (scope_key);
create index finding_statement_period on finding_statement (to_day) where not replaced;

-- What annual statistics and plans say of welfare-lottery funds, in the words of the events.
create table finding_lottery_fact (
  position text collate "C" primary key,
  known_at timestamptz not null,
  -- The last day its date can mean; of a reversal, not before that of what it takes back.
  effective_to date not null,
  fact jsonb not null
);

-- Beds and places of the projects that stand in the same divisions (codes joined by commas), by year and scope.
create table finding_supply (
  regions text not null,
  what text not null,
  kind text not null,
  scope text not null,
  year integer not null,
  low integer not null,
  high integer not null,
  projects integer not null,
  unknown integer not null,
  -- The first of the events behind it.
  events uuid[] not null,
  primary key (regions, what, kind, scope, year)
);

-- What plans say, entry by entry. A reversal is an entry that names what it takes back.
create table finding_plan_entry (
  event_id uuid primary key,
  position text collate "C" not null,
  known_at timestamptz not null,
  -- The last day its date can mean; of a reversal, not before that of what it takes back.
  effective_to date not null,
  reverses uuid,
  type text not null,
  plan_id text not null,
  plan_region text not null,
  area text,
  -- The division that the figure is about; null for the plan itself and for shares.
  region text,
  effective text not null,
  data jsonb not null
);
create index finding_plan_entry_plan on finding_plan_entry (plan_id);
create index finding_plan_entry_region on finding_plan_entry (region);
create index finding_plan_entry_reversal on finding_plan_entry (reverses) where reverses is not null;

-- Every step of a region's annual statistics, in the words of the events.
create table finding_statistics (
  position text collate "C" primary key,
  known_at timestamptz not null,
  effective_to date not null,
  region text not null,
  year integer not null,
  step jsonb not null
);
create index finding_statistics_region on finding_statistics (region);

-- Which rule sets were adopted where, in the words of the events.
create table finding_rule_set (
  event_id uuid not null,
  position text collate "C" primary key,
  known_at timestamptz not null,
  effective text not null,
  actor jsonb not null,
  data jsonb not null
);

-- What people did about a finding.
create table finding_step (
  subject_id text collate "C" not null,
  rule text not null,
  position text collate "C" not null,
  event_id uuid not null,
  known_at timestamptz not null,
  effective text not null,
  kind text not null,
  basis text not null,
  actor jsonb not null,
  said jsonb not null,
  primary key (subject_id, rule, position)
);

create function finding_history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the history of findings is append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger finding_result_append_only before update or delete or truncate on finding_result
  for each statement execute function finding_history_is_append_only();
create trigger finding_step_append_only before update or delete or truncate on finding_step
  for each statement execute function finding_history_is_append_only();
