import fc from 'fast-check';
import { makePosition, type Position, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import type { ProjectEventData } from '#libs/projects/domain/events.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import {
  encodeStatementReconciled,
  reconciliationStream,
  type ReconciliationScope,
  type StatementReconciled,
} from '#libs/reconciliation/domain/events.js';
import { latestDay } from '#libs/kernel/partial-date.js';
import { historyWith } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ACTOR, details, projectId, recorded, reversalOf, wan, type Happening } from '../testing/recorded.js';
import { FindingsHandler } from './findings.handler.js';
import { judgedFindings } from './judged-findings.js';
import { findingsProjection } from './projection.js';
import { FindingsQuery } from './queries.js';
import { RuleBook } from './rule-book.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(findingsProjection);
});
afterAll(() => database.close());

const STORE = idFor('specification store');
const at = (n: number): Position => makePosition(STORE, n.toString(16).padStart(16, '0'));
const recordedAtOf = ({ metadata }: StoredEvent): string => metadata['recordedAt'] as string;
/** The last day that an event's date can mean; of a reversal, not before that of what it takes back. */
function effectiveTo({ type, data, metadata }: StoredEvent): string {
  const own = latestDay(metadata['effectiveDate'] as string);
  if (type !== 'EntryReversed') return own;
  const of = latestDay((data as unknown as ProjectEventData<'EntryReversed'>).reversed.effectiveDate);
  return own > of ? own : of;
}
const when = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();

/** Project events at even places, so that a comparison has room between any two of them. */
const spaced = (history: readonly Happening[]): StoredEvent[] =>
  recorded(history).map((stored, n) => ({ ...stored, position: at(2 * n + 2) }));

/** Items of these events that stand, by what they are. */
function standing(
  events: readonly StoredEvent[],
  { from, to, kinds }: ReconciliationScope,
): Map<FundingSource, bigint> {
  const items = new Map<string, { source: FundingSource; fen: bigint }>();
  for (const { id, type, data, metadata } of events) {
    if (type === 'EntryReversed')
      items.delete((data as unknown as ProjectEventData<'EntryReversed'>).reversed.id);
    if (type !== 'FundsPaid' && type !== 'FundsReceived') continue;
    if (!kinds.includes(type === 'FundsPaid' ? 'payment' : 'receipt')) continue;
    const printed = metadata['effectiveDate'] as string;
    const [first, last] = [
      printed + '-01-01'.slice(printed.length - 4),
      printed + '-12-31'.slice(printed.length - 4),
    ];
    if (first < from || last > to) continue;
    const { source, amountFen } = data as unknown as ProjectEventData<'FundsPaid'>;
    items.set(id, { source, fen: BigInt(amountFen) });
  }
  const sums = new Map<FundingSource, bigint>();
  for (const { source, fen } of items.values()) sums.set(source, (sums.get(source) ?? 0n) + fen);
  return sums;
}

interface Compared {
  /** Share of the project events at which the ledger was read, in percent, and how many came before it was recorded. */
  readAfter: number;
  late: number;
  scope: ReconciliationScope;
  /** What the statement says besides the ledger, in fen of self-raised money. */
  besides: number;
  file: number;
}

/** The comparison as it is recorded: agreed where the statement says what the ledger said. */
function comparison(
  events: readonly StoredEvent[],
  { readAfter, late, scope, besides, file }: Compared,
): StoredEvent {
  const read = Math.floor((events.length * readAfter) / 100);
  const place = Math.min(read + late, events.length);
  const ledger = standing(events.slice(0, read), scope);
  const sources = new Set([...ledger.keys(), ...(besides > 0 ? ['SelfRaised' as const] : [])]);
  const balances = [...sources].map((source) => {
    const fen = ledger.get(source) ?? 0n;
    const said = source === 'SelfRaised' ? fen + BigInt(besides) : fen;
    return { source, statementFen: said.toString(), ledgerFen: fen.toString() };
  });
  const none = { count: 0, totalFen: '0', items: [] };
  const id = idFor('reconciliation', String(file), JSON.stringify(scope));
  const data: StatementReconciled = {
    reconciliationId: id,
    scope,
    fileDigest: 'a'.repeat(64),
    fileName: `流水${file}.csv`,
    proposedWithinDays: 5,
    position: read === 0 ? null : events[read - 1]!.position,
    asKnownAt: when(0),
    result: {
      outcome: besides > 0 ? 'differing' : 'agreed',
      statementLines: 1,
      ledgerItems: 1,
      balances,
      matched: { exact: 1, document: 0, proposed: 0 },
      statementOnly: none,
      ledgerOnly: none,
      doubtful: none,
    },
  };
  const commandId = idFor('compare', id, String(place));
  const recordedAt = place === 0 ? when(0) : recordedAtOf(events[place - 1]!);
  const event = encodeStatementReconciled(data, commandId, {
    commandId,
    commandDigest: '0'.repeat(64),
    actor: ACTOR,
    effectiveDate: scope.to,
    recordedAt,
    evidence: [],
    correlationId: commandId,
    causationId: commandId,
  });
  return { ...event, stream: reconciliationStream(id), revision: place, position: at(2 * place + 1) };
}

const scopes = fc.constantFrom<ReconciliationScope>(
  { region: '990100', from: '2020-01-01', to: '2030-12-31', kinds: ['payment', 'receipt'] },
  { region: '990100', from: '2023-01-01', to: '2024-12-31', kinds: ['payment'] },
  { region: '990100', from: '2024-01-01', to: '2024-06-30', kinds: ['receipt'] },
);
const compared = fc.record<Compared>({
  readAfter: fc.nat(60),
  late: fc.nat(3),
  scope: scopes,
  besides: fc.constantFrom(0, 0, 7),
  file: fc.nat(1),
});

/** Comparisons and what was visible with them. */
function told(history: readonly Happening[], comparisons: readonly Compared[]): StoredEvent[] {
  const events = spaced(history);
  return [...events, ...comparisons.map((one) => comparison(events, one))]
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .filter(({ position }, n, all) => position !== all[n - 1]?.position);
}

/** Expects that what is said of each statement is its sums beside those that stand; returns how many agreements broke. */
function expectSums(
  outcomes: readonly { id: string; outcome: Outcome }[],
  visible: readonly StoredEvent[],
): number {
  let broken = 0;
  const latest = new Map(
    visible.flatMap((stored) =>
      stored.stream.startsWith('reconciliation-') ? [[stored.stream.slice(15), stored] as const] : [],
    ),
  );
  expect(outcomes.map(({ id }) => id).toSorted()).toEqual([...latest.keys()].toSorted());
  for (const { id, outcome } of outcomes) {
    const { data, position } = latest.get(id)!;
    const { scope, result } = data as unknown as StatementReconciled;
    const replaced = [...latest].some(
      ([other, { data: theirs, position: later }]) =>
        other !== id && later > position && JSON.stringify(theirs['scope']) === JSON.stringify(scope),
    );
    if (replaced) {
      expect(outcome.kind).toBe('notApplicable');
      continue;
    }
    const now = standing(visible, scope);
    const said = new Map(result.balances.map(({ source, statementFen }) => [source, BigInt(statementFen)]));
    const differing = [...new Set([...now.keys(), ...said.keys()])].filter(
      (source) => (now.get(source) ?? 0n) !== (said.get(source) ?? 0n),
    );
    if (result.outcome === 'agreed' && differing.length > 0) broken += 1;
    const items = outcome.kind === 'fail' ? outcome.items : [];
    const figured = items.filter(({ figures }) => figures['differenceFen'] !== undefined);
    expect(figured.map(({ figures }) => [figures['source'], figures['differenceFen']]).toSorted()).toEqual(
      differing
        .map((source) => [source, String((now.get(source) ?? 0n) - (said.get(source) ?? 0n))])
        .toSorted(),
    );
    expect(outcome.kind).toBe(differing.length > 0 || result.outcome === 'differing' ? 'fail' : 'pass');
  }
  return broken;
}

/** Histories in which something is paid or received that a comparison may have missed. */
const paying = historyWith(3, 'FundsPaid', 'FundsReceived');
const comparisons = fc.array(compared, { minLength: 1, maxLength: 4 });

describe('M9', () => {
  it('equals comparing sums of what stands, as known at any time, whatever the batches', async () => {
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(
        paying,
        comparisons,
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.nat(100_000), { nil: 200_000 }),
        async (history, made, batch, minutes) => {
          const events = told(history, made);
          await database.startAnew();
          await database.apply(events, batch);
          const known = when(minutes);
          const { rows } = await database.pool.query<{ id: string; outcome: Outcome }>(
            `select distinct on (subject_id) subject_id as id, outcome from read.finding_result
             where rule = 'M9' and known_at <= $1 order by subject_id, position desc`,
            [known],
          );
          broken += expectSums(
            rows,
            events.filter((stored) => recordedAtOf(stored) <= known),
          );
        },
      ),
      { numRuns: 40 },
    );
    expect(broken).toBeGreaterThan(0);
  });

  it('equals comparing sums of what stood on a day, by what was known at any time', async () => {
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(
        paying,
        comparisons,
        fc.constantFrom('2024-02-28', '2024-06-30', '2024-12-31', '2031-01-01', '2031-01-01'),
        fc.option(fc.nat(100_000), { nil: 200_000 }),
        async (history, made, asEffectiveOn, minutes) => {
          const events = told(history, made);
          await database.startAnew();
          await database.apply(events);
          const asKnownAt = when(minutes);
          const filter = { asEffectiveOn, asKnownAt, rule: 'M9' };
          const { rows } = await judgedFindings(database.dataSource, filter, asEffectiveOn, new RuleBook([]));
          broken += expectSums(
            rows.map(({ subject_id: id, outcome }) => ({ id, outcome })),
            events.filter(
              (stored) => effectiveTo(stored) <= asEffectiveOn && recordedAtOf(stored) <= asKnownAt,
            ),
          );
        },
      ),
      { numRuns: 25 },
    );
    expect(broken).toBeGreaterThan(0);
  });

  it('counts a reversal from its own day on', async () => {
    const enter: Happening = {
      projectId: projectId(1),
      effective: '2024-01-10',
      event: { type: 'ProjectEnteredPool', data: { projectId: projectId(1), details: details('项目1') } },
    };
    const pay: Happening = {
      projectId: projectId(1),
      effective: '2024-03-01',
      event: {
        type: 'FundsPaid',
        data: {
          ...{ source: 'SelfRaised', budgetYear: 2024, amountFen: wan(3) },
          ...{ payee: '示例公司', basisDocument: '合同', purpose: '主体工程' },
        },
      },
    };
    const story = [enter, pay, reversalOf([enter, pay], 1, '2024-09-01')];
    const scope: ReconciliationScope = {
      ...{ region: '990100', from: '2024-01-01', to: '2024-06-30', kinds: ['payment'] },
    };
    await database.startAnew();
    await database.apply(told(story, [{ readAfter: 67, late: 1, scope, besides: 0, file: 1 }]));
    const on = async (asEffectiveOn: string) =>
      (
        await new FindingsHandler(database.dataSource).execute(
          new FindingsQuery({ asEffectiveOn, subjectKind: 'statement', limit: 10 }),
        )
      ).items.map(({ items }) => items[0]!.sentence);
    expect(await on('2024-06-29')).toEqual([]);
    expect(await on('2024-08-31')).toEqual([]);
    expect(await on('2024-09-01')).toEqual([
      '2024-01-01至2024-06-30已对平的自筹资金被后来的 1 笔登记改变：台账 0.00 元 − 对账单 30,000.00 元 = -30,000.00 元',
    ]);
  });

  it('looks at the region that a project had when the entry was recorded, and names the statement', async () => {
    const enter = (n: number, region: string): Happening => ({
      projectId: projectId(n),
      effective: '2024-01-10',
      event: {
        type: 'ProjectEnteredPool',
        data: { projectId: projectId(n), details: details(`项目${n}`, { regions: [region] }) },
      },
    });
    const pay = (n: number): Happening => ({
      projectId: projectId(n),
      effective: '2024-03-01',
      event: {
        type: 'FundsPaid',
        data: {
          source: 'SelfRaised',
          budgetYear: 2024,
          amountFen: wan(3),
          payee: '示例公司',
          basisDocument: '合同',
          purpose: '主体工程',
        },
      },
    });
    const scope: ReconciliationScope = {
      region: '990101',
      from: '2024-01-01',
      to: '2024-12-31',
      kinds: ['payment'],
    };
    const find = async () =>
      (
        await new FindingsHandler(database.dataSource).execute(
          new FindingsQuery({ subjectKind: 'statement', limit: 10 }),
        )
      ).items;
    const story = [enter(1, '990101'), enter(2, '990102'), pay(2)];
    const told = async (history: Happening[]) => {
      const events = spaced(history);
      const one = comparison(events, {
        readAfter: Math.ceil(200 / events.length),
        late: 0,
        scope,
        besides: 0,
        file: 1,
      });
      await database.startAnew();
      await database.apply([...events.slice(0, 2), one, ...events.slice(2)], 2);
    };
    await told(story);
    expect(await find()).toEqual([]);
    const broken = [...story, pay(1)];
    await told(broken);
    expect(await find()).toMatchObject([
      {
        rule: { id: 'M9' },
        subject: {
          kind: { key: 'statement', label: '对账单' },
          name: '示例1县2024-01-01至2024-12-31对账单（流水1.csv）',
        },
        project: null,
        category: null,
        regions: { codes: ['990101'] },
        items: [{ figures: { difference: { yuan: '30000.00' }, agreementBroken: 'true' } }],
      },
    ]);
    await told([...broken, reversalOf(broken, 3, '2024-04-01')]);
    expect(await find()).toEqual([]);
  });
});
