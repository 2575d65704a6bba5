import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { NewEvent } from '#libs/event-store/port.js';

/** What a plain table of events looks like, without all that makes it an event store. */
export const RAW_TABLE = `
  drop schema if exists bench_raw cascade;
  create schema bench_raw;
  create table bench_raw.events (
    position bigserial primary key, stream text not null, revision bigint not null, id uuid not null unique,
    type text not null, data jsonb not null, metadata jsonb not null, stored_at timestamptz default now(),
    unique (stream, revision)
  )`;

export const RAW_INSERT = `
  insert into bench_raw.events (stream, revision, id, type, data, metadata) values ($1, $2, $3, $4, $5, $6)`;

const RAW_SMALL = `
  insert into bench_raw.events (stream, revision, id, type, data, metadata)
  select stream, revision, id, 'FundsAllocated', data::jsonb, '{}'
  from unnest($1::text[], $2::bigint[], $3::uuid[], $4::text[]) as event (stream, revision, id, data)`;

const RAW_WHOLE = `
  insert into bench_raw.events (stream, revision, id, type, data, metadata)
  select stream, revision, id, type, data::jsonb, metadata::jsonb
  from unnest($1::text[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[])
    as event (stream, revision, id, type, data, metadata)`;

interface Queryable {
  query(query: pg.QueryConfig): Promise<unknown>;
}

/** An event of 200 bytes, as the events of money are, and without metadata. */
export const smallEvent = (n: number): NewEvent => ({
  id: randomUUID(),
  type: 'FundsAllocated',
  data: {
    projectId: `p${n % 2000}`,
    source: 'CentralBudgetInvestment',
    budgetYear: 2023 + (n % 3),
    amountFen: String(100_000_000 + n),
    documentNumber: `示例发改投资〔2023〕${n}号`,
    effectiveDate: '2023-05-01',
  },
  metadata: {},
});

/** Events of one type without metadata, each in the stream named beside it, by one `unnest`. */
export async function smallRawBatch(
  client: Queryable,
  events: readonly NewEvent[],
  streams: readonly string[],
): Promise<void> {
  const values = [
    streams,
    events.map((_, revision) => revision),
    events.map(({ id }) => id),
    events.map(({ data }) => JSON.stringify(data)),
  ];
  await client.query({ name: 'small', text: RAW_SMALL, values });
}

/** An event as a store keeps it, its JSON as text. */
export interface RawEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Events with all they have, by one `unnest`. */
export async function wholeRawBatch(client: Queryable, events: readonly RawEvent[]): Promise<void> {
  const columns = ['stream', 'revision', 'id', 'type', 'data', 'metadata'] as const;
  const values = columns.map((column) => events.map((event) => event[column]));
  await client.query({ name: 'whole', text: RAW_WHOLE, values });
}
