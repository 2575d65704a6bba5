create unique index chain_link_position on chain_link (position);
