import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import { digestOfBytes } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import {
  decodeStatementReconciled,
  RECONCILIATION_STREAM_PREFIX,
  reconciliationStream,
  type RecordedComparison,
  type ReconciliationScope,
} from '../domain/events.js';
import type { LedgerItem } from '../domain/match.js';
import { Reconciler, type ReconciliationRequest } from './reconciler.js';

const FINANCE = { user: '示例用户', unit: '示例州财政局', role: 'Finance', region: '990100' };
const HEADER = '日期,凭证/文号,收款单位,金额(元),资金来源';
const request = (
  lines: readonly string[],
  more: Partial<ReconciliationRequest> = {},
): ReconciliationRequest => ({
  bytes: Buffer.from([HEADER, ...lines].join('\n')),
  fileName: 'C:\\流水\\六月.csv',
  region: '990100',
  actor: FINANCE,
  dryRun: false,
  ...more,
});
const LINE = '2025-06-01,1号,示例公司,100,自筹资金';

const item = (n: number): LedgerItem => ({
  eventId: idFor('ledger item', String(n)),
  kind: 'payment',
  project: { id: idFor('project', '1'), name: '示例'.repeat(100), code: null },
  date: '2025-06-01',
  documentNumber: '1号',
  payees: Array.from({ length: 50 }, () => '示'.repeat(300)),
  amountFen: '10000',
  source: 'SelfRaised',
});

/** A store with something in it, a ledger side, and a clock that moves on. */
async function bench(items: LedgerItem[] = [], readLedger: () => Promise<void> = async () => undefined) {
  const store = new MemoryEventStore();
  const other = { id: idFor('any'), type: 'Any', data: {}, metadata: {} };
  const command = { id: idFor('any command'), digest: 'd' };
  await store.append([{ stream: 'other-1', expected: 'any', events: [other], command }]);
  const files = new Set<string>();
  /** What stood at each position, as it was when first asked. */
  const stood = new Map<string, LedgerItem[]>();
  let minute = 0;
  const reconciler = new Reconciler({
    store,
    files: {
      async put(bytes) {
        files.add(digestOfBytes(bytes));
        return { digest: digestOfBytes(bytes) };
      },
    },
    ledgerSide: async (_, position) => {
      await readLedger();
      if (!stood.has(position)) stood.set(position, [...items]);
      return stood.get(position)!;
    },
    latest: (scope) => latestIn(store, scope),
    now: () => new Date(Date.UTC(2026, 0, 5, 4, minute++)),
  });
  const outcomes = async (id: string): Promise<StoredEvent[]> => {
    const found: StoredEvent[] = [];
    for await (const event of store.readStream(reconciliationStream(id))) found.push(event);
    return found;
  };
  return { store, reconciler, files, outcomes };
}

/** The last comparison of the scope, as the read model would have it. */
async function latestIn(
  store: MemoryEventStore,
  scope: ReconciliationScope,
): Promise<RecordedComparison | null> {
  let latest: RecordedComparison | null = null;
  const streamPrefixes = [RECONCILIATION_STREAM_PREFIX];
  for await (const read of store.feed({ streamPrefixes, signal: new AbortController().signal })) {
    if (read.kind === 'caughtUp') break;
    if (read.kind !== 'event') continue;
    const { data, envelope } = decodeStatementReconciled(read.event);
    if (JSON.stringify(data.scope) !== JSON.stringify(scope)) continue;
    latest = { position: read.event.position, recordedAt: envelope.recordedAt, data };
  }
  return latest;
}

describe('the same statement sent again', () => {
  it('records nothing while nothing of its scope changed, whoever sends it, and says when it was', async () => {
    const { reconciler, outcomes } = await bench([item(1)]);
    const first = await reconciler.reconcile(request([LINE]));
    const again = await reconciler.reconcile(request([LINE], { actor: { ...FINANCE, user: '另一人' } }));
    expect(first.report.repeats).toBeNull();
    expect(again.position).toBe(first.position);
    expect(again.report.repeats).toEqual({ position: first.position, recordedAt: first.report.asKnownAt });
    expect(await outcomes(first.report.reconciliationId)).toHaveLength(1);
  });

  it('is a new run once money of its scope came, also where it comes to the same', async () => {
    const items = [item(1)];
    const { reconciler, outcomes } = await bench(items);
    const { report } = await reconciler.reconcile(request([LINE]));
    items.splice(0, 1, item(2));
    const again = await reconciler.reconcile(request([LINE]));
    expect([again.report.repeats, again.report.result.outcome]).toEqual([null, report.result.outcome]);
    expect(await outcomes(report.reconciliationId)).toHaveLength(2);
  });

  it('counts again where another file was compared for the scope in between', async () => {
    const { reconciler, outcomes } = await bench([item(1)]);
    const { report } = await reconciler.reconcile(request([LINE]));
    await reconciler.reconcile(request([LINE.replace('100', '90')]));
    expect((await reconciler.reconcile(request([LINE]))).report.repeats).toBeNull();
    expect(await outcomes(report.reconciliationId)).toHaveLength(2);
  });
});

describe('proposed pairs', () => {
  const UNNUMBERED = '2025-06-03,,示例公司,100,自筹资金';
  const PAIR = { sheet: 'csv', row: 2, eventId: item(1).eventId };
  const CONFIRMED = { ...PAIR, decision: 'confirmed' as const };
  const PERIOD = { from: '2025-06-01', to: '2025-06-30' };

  it('agree once somebody confirmed them, and the event says so', async () => {
    const { reconciler, outcomes } = await bench([item(1)]);
    const proposed = await reconciler.reconcile(request([UNNUMBERED], PERIOD));
    expect(proposed.report.result).toMatchObject({ outcome: 'differing', matched: { proposed: 1 } });
    const { report } = await reconciler.reconcile(
      request([UNNUMBERED], { ...PERIOD, decisions: [CONFIRMED] }),
    );
    expect(report.result).toMatchObject({
      outcome: 'agreed',
      matched: { proposed: 0 },
      doubtful: { count: 0 },
      confirmed: { count: 1, totalFen: '10000', items: [{ basis: 'confirmed' }] },
    });
    const events = await outcomes(report.reconciliationId);
    expect(events.map((event) => decodeStatementReconciled(event).data.decisions)).toEqual([
      undefined,
      [CONFIRMED],
    ]);
  });

  it('stay as they were decided when the same file is sent again', async () => {
    const { reconciler, outcomes } = await bench([item(1)]);
    const first = await reconciler.reconcile(request([UNNUMBERED], { ...PERIOD, decisions: [CONFIRMED] }));
    const again = await reconciler.reconcile(request([UNNUMBERED], PERIOD));
    expect(again.report).toMatchObject({ decisions: [CONFIRMED], repeats: { position: first.position } });
    expect(await outcomes(first.report.reconciliationId)).toHaveLength(1);
  });

  it('are no longer decided once the item is gone', async () => {
    const items = [item(1)];
    const { reconciler } = await bench(items);
    await reconciler.reconcile(request([UNNUMBERED], { ...PERIOD, decisions: [CONFIRMED] }));
    items.splice(0, 1, item(2));
    const later = await reconciler.reconcile(request([UNNUMBERED], PERIOD));
    expect(later.report.decisions).toBeUndefined();
    expect(later.report.result).toMatchObject({ outcome: 'differing', matched: { proposed: 1 } });
  });

  it('are left over on both sides once rejected, and proposed again once that is taken back', async () => {
    const { reconciler } = await bench([item(1)]);
    const rejected = [{ ...PAIR, decision: 'rejected' as const }];
    const { report } = await reconciler.reconcile(request([UNNUMBERED], { ...PERIOD, decisions: rejected }));
    expect(report.result).toMatchObject({
      matched: { proposed: 0 },
      statementOnly: { count: 1 },
      ledgerOnly: { count: 1 },
    });
    expect(report.rejected).toMatchObject([{ line: { row: 2 }, item: { eventId: PAIR.eventId } }]);
    const back = await reconciler.reconcile(request([UNNUMBERED], { ...PERIOD, decisions: [] }));
    expect(back.report).toMatchObject({ repeats: null, result: { matched: { proposed: 1 } } });
  });

  it('confirmed and rejected at once are two comparisons, not one sent twice', async () => {
    const { reconciler, outcomes } = await bench([item(1)]);
    const [{ report }] = await Promise.all([
      reconciler.reconcile(request([UNNUMBERED], { ...PERIOD, decisions: [CONFIRMED] })),
      reconciler.reconcile(
        request([UNNUMBERED], { ...PERIOD, decisions: [{ ...PAIR, decision: 'rejected' }] }),
      ),
    ]);
    expect(await outcomes(report.reconciliationId)).toHaveLength(2);
  });
});

it('keeps the outcome with its file, its period and the state of the ledger it saw', async () => {
  const { store, reconciler, files, outcomes } = await bench();
  const seen = await store.lastPosition();
  const { report, position } = await reconciler.reconcile(request([LINE]));
  const [event, ...more] = await outcomes(report.reconciliationId);
  expect(more).toEqual([]);
  expect(event!.position).toBe(position);
  const { data, envelope } = decodeStatementReconciled(event!);
  expect(data).toMatchObject({
    scope: { region: '990100', from: '2025-06-01', to: '2025-06-01', kinds: ['payment', 'receipt'] },
    fileName: '六月.csv',
    position: seen,
    proposedWithinDays: 5,
    result: { outcome: 'differing', statementOnly: { count: 1, totalFen: '10000' } },
  });
  expect(files).toEqual(new Set([data.fileDigest]));
  expect(envelope).toMatchObject({
    actor: FINANCE,
    effectiveDate: '2025-06-01',
    recordedAt: data.asKnownAt,
    evidence: [{ fileDigest: data.fileDigest, fileName: '六月.csv' }],
  });
});

it('a dry run stores neither event nor file', async () => {
  const { store, reconciler, files } = await bench();
  const before = await store.lastPosition();
  const { report, position } = await reconciler.reconcile(request([LINE], { dryRun: true }));
  expect([report.dryRun, position, files.size]).toEqual([true, undefined, 0]);
  expect(await store.lastPosition()).toBe(before);
});

it('the same statement sent twice at once is recorded once', async () => {
  // Both read the ledger before either records.
  let readers = 0;
  let everyoneHasRead: () => void = () => undefined;
  const allRead = new Promise<void>((resolve) => (everyoneHasRead = resolve));
  const { reconciler, outcomes } = await bench([], async () => {
    if ((readers += 1) === 2) everyoneHasRead();
    await allRead;
  });
  const [first, second] = await Promise.all([
    reconciler.reconcile(request([LINE])),
    reconciler.reconcile(request([LINE])),
  ]);
  expect(second.position).toBe(first.position);
  expect(await outcomes(first.report.reconciliationId)).toHaveLength(1);
});

it('names so many lines and items that the event stays below what a store takes, and counts them all', async () => {
  const items = Array.from({ length: 300 }, (_, n) => item(n));
  const { reconciler, outcomes } = await bench(items);
  const lines = Array.from(
    { length: 400 },
    (_, n) => `2025-06-01,甲${'长'.repeat(250)}${n},${'示'.repeat(290)},7,自筹资金`,
  );
  const { report } = await reconciler.reconcile(request(lines));
  const [event] = await outcomes(report.reconciliationId);
  expect(Buffer.byteLength(JSON.stringify(event!.data))).toBeLessThan(900_000);
  expect(decodeStatementReconciled(event!).data.result).toMatchObject({
    statementOnly: { count: 400, totalFen: '280000' },
    ledgerOnly: { count: 300, totalFen: '3000000' },
  });
  expect([report.statementOnly.length, report.ledgerOnly.length]).toEqual([400, 300]);
});

it.each([
  ['an auditor', { actor: { ...FINANCE, role: 'Audit' } }, 'actor.notPermitted'],
  ['an unknown role', { actor: { ...FINANCE, role: 'constructor' } }, 'actor.unknownRole'],
  ['another region', { region: '513400' }, 'actor.outsideRegion'],
  ['an unknown region', { region: '999999' }, 'region.unknown'],
  ['a period to come', { to: '2026-02-01' }, 'reconciliation.badPeriod'],
])('refuses %s and stores nothing', async (_what, more, code) => {
  const { reconciler, files } = await bench();
  await expect(reconciler.reconcile(request([LINE], more))).rejects.toMatchObject({ code });
  expect(files.size).toBe(0);
});
