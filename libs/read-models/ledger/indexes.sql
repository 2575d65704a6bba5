create unique index ledger_transfer_order on ledger_transfer (position, line);
create index ledger_transfer_project on ledger_transfer (project_id, position);
-- Lines that count in two years: a ledger as of a day looks for the second year without reading the journal again.
create index ledger_transfer_carried on ledger_transfer (recorded_at) where stage = 'carriedForward';
-- What stands is what no line takes back: asked of every line that a trace follows.
create index ledger_transfer_reverses on ledger_transfer (reverses) where reverses is not null;
