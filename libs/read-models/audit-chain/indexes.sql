create unique index if not exists chain_link_position on chain_link (position);
