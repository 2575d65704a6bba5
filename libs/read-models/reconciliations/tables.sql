-- Payments and receipts: what statements are compared with. A reversed one names where it was reversed.
create table reconcilable_item (
  event_id uuid primary key,
  project_id uuid not null,
  kind text not null,
  source text not null,
  amount_fen bigint not null,
  document_number text not null,
  payee text,
  effective text not null,
  effective_from date not null,
  effective_to date not null,
  position text collate "C" not null,
  recorded_at timestamptz not null,
  reversed_by uuid,
  reversed_position text collate "C",
  reversed_recorded_at timestamptz,
  -- The last day that the reversal's date can mean, and not before that of what it takes back.
  reversed_effective_to date
);
create index reconcilable_item_period on reconcilable_item (effective_to);

-- Every outcome, in the words of its event; the latest of one id is the one that counts.
create table reconciliation (
  position text collate "C" primary key,
  reconciliation_id uuid not null,
  region text not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  data jsonb not null
);
create index reconciliation_of on reconciliation (reconciliation_id, position);
