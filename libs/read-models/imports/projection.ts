import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { decodeImportEvent, IMPORT_STREAM_PREFIX } from '#libs/exchange/report/import-events.js';
import type { Projection } from '#libs/projection/projection.js';

const INSERT_RUNS = `
  insert into import_run (run_id, import_id, position, recorded_at, actor, rows, summary)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::jsonb[], $6::integer[], $7::jsonb[])`;

const INSERT_PARTS = `
  insert into import_part (run_id, from_row, rows)
  select * from unnest($1::uuid[], $2::integer[], $3::jsonb[])`;

/** The reports of imports, as the importer gave them. */
export const importsProjection: Projection = {
  name: 'imports',
  version: 1,
  streamPrefixes: [IMPORT_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['import_run', 'import_part'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const runs: unknown[][] = [];
  const parts: unknown[][] = [];
  for (const stored of events) {
    const { type, data, envelope } = decodeImportEvent(stored);
    if (type === 'ImportRowsReported') parts.push([data.runId, data.from, JSON.stringify(data.rows)]);
    else {
      const { runId, rows, summary } = data;
      const [actor, text] = [JSON.stringify(envelope.actor), JSON.stringify(summary)];
      runs.push([runId, summary.importId, stored.position, envelope.recordedAt, actor, rows, text]);
    }
  }
  if (runs.length > 0) await client.query(INSERT_RUNS, columns(runs));
  if (parts.length > 0) await client.query(INSERT_PARTS, columns(parts));
  return events.length;
}

function columns(rows: readonly unknown[][]): unknown[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]));
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as runs, count(distinct import_id)::text as imports,
      (select count(*) from import_part)::text as parts
    from import_run`);
  return rows[0]!;
}
