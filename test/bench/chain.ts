import { Comparison } from '#libs/audit-chain/domain/comparison.js';
import { Problems } from '#libs/audit-chain/domain/problems.js';
import { everyEvent } from '#libs/audit-chain/application/store-verifier.js';
import { openDatabase } from '#libs/database/data-source.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { ReadModelChain } from '#libs/read-models/audit-chain/kept-chain.js';
import { auditChainProjection } from '#libs/read-models/audit-chain/projection.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import type { BenchRow } from './bench-row.js';
import { fill } from './projection.js';

/** Chaining, comparing events with their chain, and folding the ledger anew to compare it: events a second. */
export async function benchChain(connectionString: string): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString);
  const store = await openPostgresEventStore(connectionString);
  const events = await fill(store);
  const projections = [auditChainProjection, ledgerProjection];
  const runner = new ProjectionRunner({ connectionString, store, projections });
  await runner.start();
  await runner.caughtUp({ timeoutMs: 600_000 });
  const chained = events / (await runner.rebuild(auditChainProjection.name)).seconds;
  const problems = new Problems();
  const compared = await rate(events, async () => {
    const comparison = new Comparison(await ReadModelChain.open(database), problems);
    for await (const event of everyEvent(store)) await comparison.take(event);
    await comparison.finish();
  });
  const refolded = await rate(events, async () => {
    const [report] = await runner.refold([ledgerProjection.name], everyEvent(store));
    if (report!.tables.some(({ unexpected, missing }) => unexpected + missing > 0))
      throw new Error('tables differ');
  });
  if (problems.count > 0) throw new Error('the chain does not hold');
  await runner.stop();
  await store.close();
  await database.destroy();
  return [
    { name: `audit chain rebuild, ${events} events`, perSecond: chained },
    { name: 'events compared with their chain', perSecond: compared },
    { name: 'ledger folded anew and compared row by row', perSecond: refolded },
  ];
}

async function rate(events: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return events / ((performance.now() - start) / 1000);
}
