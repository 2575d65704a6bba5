/**
 * `npm run bench`: every rate and ratio in one table, on an embedded PostgreSQL of its own (fsync on, as in
 * production). `npm run bench -- import` runs only the benches whose name contains the word;
 * `npm run bench -- evaluation 100000` seals a smaller prefecture, `-- ledger 4000000` rebuilds a larger ledger.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { embeddedPostgres } from '#libs/database/embedded/embedded-postgres.js';
import { renderTable } from '../../apps/cli/output/table.js';
import { benchAppend } from './append.js';
import type { BenchRow } from './bench-row.js';
import { benchEvaluation } from './evaluation.js';
import { benchChain } from './chain.js';
import { benchGenerate } from './generate.js';
import { benchImport } from './import.js';
import { benchLedgerRebuild } from './projection.js';
import { benchScale } from './scale.js';

const BENCHES: Record<string, (url: string) => Promise<BenchRow[]>> = {
  append: benchAppend,
  import: benchImport,
  ledger: benchLedgerRebuild,
  chain: benchChain,
  scale: benchScale,
  evaluation: (url) => benchEvaluation(url),
  generate: () => Promise.resolve(benchGenerate()),
};

const wanted = process.argv[2] ?? '';
const dataDir = await mkdtemp(path.join(tmpdir(), 'taizhang-bench-'));
const server = await embeddedPostgres(dataDir);
try {
  const rows: BenchRow[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (!name.includes(wanted)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await bench(await freshDatabase(name))));
  }
  process.stdout.write(report(rows));
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Benches leave their events behind, so each gets a database of its own. */
async function freshDatabase(name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query(`create database bench_${name}`);
  const { rows } = await client.query<{ fsync: string; version: string }>(
    "select current_setting('fsync') as fsync, current_setting('server_version') as version",
  );
  await client.end();
  if (rows[0]?.fsync !== 'on') throw new Error('fsync must be on: the rates would mean nothing');
  const url = new URL(server.connectionString);
  url.pathname = `/bench_${name}`;
  return url.href;
}

function report(rows: readonly BenchRow[]): string {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg().map((average) => average.toFixed(1));
  return renderTable(
    {
      title: `${machine}, ${memory}, Node ${process.version}, ${process.platform}; load ${load.join(' ')}`,
      columns: [
        { header: 'what' },
        { header: 'per second', align: 'right' },
        { header: 'p50 / p95 / p99 ms', align: 'right' },
        { header: 'ratio', align: 'right' },
        { header: 'to' },
      ],
      rows: rows.map(({ name, perSecond, milliseconds, ratioTo }) => [
        name,
        Math.round(perSecond).toLocaleString('en'),
        milliseconds ? Object.values(milliseconds).map(Math.round).join(' / ') : '',
        ratioTo ? `${ratioTo.ratio.toFixed(2)} ×` : '',
        ratioTo?.name ?? '',
      ]),
    },
    process.stdout.isTTY === true,
  );
}
