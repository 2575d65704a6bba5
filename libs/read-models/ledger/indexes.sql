create unique index ledger_transfer_order on ledger_transfer (position, line);
create index ledger_transfer_project on ledger_transfer (project_id, position);
