-- A project's lines in the order that money is followed in.
create index if not exists ledger_transfer_project on ledger_transfer (project_id, effective_to, position, line);
-- The lines of a month that a question about a day takes in part: by the time in whose order they stand, and by the other.
create index if not exists ledger_transfer_recorded on ledger_transfer using brin (recorded_at)
  with (pages_per_range = 32, autosummarize = on);
create index if not exists ledger_transfer_effective on ledger_transfer (effective_to);
-- Which lines an event or a document has.
create index if not exists ledger_transfer_event on ledger_transfer (event_id);
create index if not exists ledger_transfer_document on ledger_transfer (document_number) where document_number is not null;
