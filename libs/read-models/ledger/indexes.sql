create unique index ledger_transfer_order on ledger_transfer (position, line);
create index ledger_transfer_project on ledger_transfer (project_id, position);
-- The lines of a month that a question about a day takes in part: by the one time, and by the other.
create index ledger_transfer_recorded on ledger_transfer (recorded_at);
create index ledger_transfer_effective on ledger_transfer (effective_to);
-- What stands is what no line takes back: asked of every line that a trace follows.
create index ledger_transfer_reverses on ledger_transfer (reverses) where reverses is not null;
-- From one half of a reallocation to the other.
create index ledger_transfer_reallocation on ledger_transfer (reallocation_id) where reallocation_id is not null;
-- What no question is asked by, the planner need not know: to sample it took half of the time that ANALYZE takes.
alter table ledger_transfer alter line set statistics 0, alter event_id set statistics 0,
  alter event_type set statistics 0, alter amount_fen set statistics 0, alter document_number set statistics 0,
  alter effective set statistics 0, alter effective_from set statistics 0;
alter table ledger_month alter planned set statistics 0, alter applied set statistics 0,
  alter allocated set statistics 0, alter disbursed set statistics 0, alter received set statistics 0,
  alter paid set statistics 0, alter carried_forward set statistics 0, alter recovered set statistics 0,
  alter completed_investment set statistics 0, alter received_directly set statistics 0,
  alter reallocated_out set statistics 0, alter reallocated_in set statistics 0, alter returned set statistics 0, alter lines set statistics 0;
