import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '../projection.js';

/** What a spec changes about the toy. */
export interface ToyOptions extends Partial<
  Pick<Projection, 'version' | 'onPoison' | 'streamPrefixes' | 'name' | 'derivations'>
> {
  /** Called with each batch before it is written; what it throws, `apply` throws. */
  beforeWrite?: (events: readonly StoredEvent[], client: PoolClient) => Promise<void> | void;
}

/** Keeps a journal of amounts and a balance a stream: an event applied twice, or left out, shows in both. */
export function toyProjection(options: ToyOptions = {}): Projection {
  const { name = 'toy-ledger', version = 1, onPoison = 'halt', streamPrefixes = ['account-'] } = options;
  return {
    name,
    version,
    streamPrefixes,
    onPoison,
    tables: `
      create table journal (position text not null, event_id uuid not null, stream text not null, amount bigint not null
        ${version > 1 ? ', built_by integer not null default ' + version : ''});
      create table balance (stream text primary key, amount bigint not null, events integer not null)`,
    indexes: 'create unique index if not exists journal_event on journal (event_id)',
    ...(options.derivations && { derivations: options.derivations }),
    views: ['journal', 'balance'],
    async apply(events, client) {
      await options.beforeWrite?.(events, client);
      const streams = events.map(({ stream }) => stream);
      const amounts = events.map(({ data }) => data['amount']);
      await client.query(
        `insert into journal (position, event_id, stream, amount)
         select * from unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[])`,
        [events.map(({ position }) => position), events.map(({ id }) => id), streams, amounts],
      );
      await client.query(
        `insert into balance as b (stream, amount, events)
         select stream, sum(amount), count(*) from unnest($1::text[], $2::bigint[]) as e (stream, amount) group by stream
         on conflict (stream) do update set amount = b.amount + excluded.amount, events = b.events + excluded.events`,
        [streams, amounts],
      );
      return events.length;
    },
    async totals(client) {
      const { rows } = await client.query<Record<string, string>>(
        `select (select count(*) from journal)::text as entries, (select coalesce(sum(amount), 0) from balance)::text as amount`,
      );
      return rows[0]!;
    },
  };
}
