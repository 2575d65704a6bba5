import fc from 'fast-check';
import { latestDay } from '#libs/kernel/partial-date.js';
import { ledgerProjection } from '../ledger/projection.js';
import { transfersOf } from '../ledger/transfers.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, eventId, projectId, recorded, wan, type Happening } from '../testing/recorded.js';
import { AgeingHandler } from './ageing.handler.js';
import { IdleLotsHandler } from './idle-lots.handler.js';
import { MoneyFlow, type Movement } from './lots.js';
import { AgeingQuery, IdleLotsQuery, type AgeingFilter, type IdleLotView } from './queries.js';

const ALONE = projectId(1);

let database: ReadModelDatabase;
let ageing: AgeingHandler;
let idleLots: IdleLotsHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection);
  ageing = new AgeingHandler(database.dataSource);
  idleLots = new IdleLotsHandler(database.dataSource);
});
afterAll(() => database.close());

const ask = (filter: AgeingFilter = {}) => ageing.execute(new AgeingQuery(filter));
async function allLots(filter: AgeingFilter = {}, limit = 500): Promise<IdleLotView[]> {
  const items: IdleLotView[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await idleLots.execute(new IdleLotsQuery({ ...filter, ...(cursor && { cursor }), limit }));
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

interface Told extends Movement {
  day: string;
}

/** The movements of a history as `MoneyFlow` wants them, read off the happenings and not off any table. */
function movementsOf(history: readonly Happening[], moment: Moment): Told[] {
  const kept = new Set(standing(history, eventId, moment));
  return history
    .flatMap((happening, n) => (kept.has(happening) ? [{ happening, n }] : []))
    .flatMap(({ happening: { event, effective, projectId: id }, n }) =>
      transfersOf(event).map((transfer): Told => ({
        ...transfer,
        projectId: id,
        eventId: eventId(n),
        day: latestDay(effective),
        reallocationId: 'reallocationId' in event.data ? event.data.reallocationId : null,
      })),
    )
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Lots added up by account and origin, as texts to compare. */
function summed(lots: readonly (readonly [key: string, fen: bigint])[]): string[] {
  const sums = new Map<string, bigint>();
  for (const [key, fen] of lots) sums.set(key, (sums.get(key) ?? 0n) + fen);
  return [...sums].map(([key, fen]) => `${key} ${fen}`).sort();
}
const keyOfLot = (lot: IdleLotView) =>
  [lot.project.id, lot.source.key, lot.level?.key, lot.stage.key, lot.budgetYear, lot.originEventId].join(
    '/',
  );
const keyOfIdle = ({ holder, origin, stage }: { holder: Told; origin: Told; stage: string }) =>
  [holder.projectId, holder.source, holder.level ?? undefined, stage, holder.toYear, origin.eventId].join(
    '/',
  );

describe('idle money', () => {
  it('is what following it event by event finds, at any moment, and adds up to the balances', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.array(randomMoment, { maxLength: 2 }), async (history, moments) => {
        await database.startAnew();
        await database.apply(recorded(history), 9);
        for (const moment of [{}, ...moments]) {
          const movements = movementsOf(history, moment);
          const flow = new MoneyFlow(movements);
          const expected = [...flow.idle()].map((lot) => [keyOfIdle(lot), lot.amountFen] as const);
          const found = (await allLots(moment, 3)).map(
            (lot) => [keyOfLot(lot), BigInt(lot.amount.fen)] as const,
          );
          expect(summed(found)).toEqual(summed(expected));
          // One project alone: its money may have come through others.
          const alone = (await allLots({ ...moment, projectId: ALONE }, 50)).map(
            (lot) => [keyOfLot(lot), BigInt(lot.amount.fen)] as const,
          );
          expect(summed(alone)).toEqual(summed(expected.filter(([key]) => key.startsWith(ALONE))));
          const { totals } = await ask(moment);
          const balances = totals.map(({ stage: { key } }) =>
            movements
              .reduce((sum, { from, to, amountFen }) => {
                return sum + (to === key ? amountFen : 0n) - (from === key ? amountFen : 0n);
              }, 0n)
              .toString(),
          );
          expect(totals.map(({ balance }) => balance.fen)).toEqual(balances);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const central = { source: 'CentralBudgetInvestment', budgetYear: 2024 } as const;
const paper = { documentNumber: '示例文〔2024〕1号' };
const authority = '示例州财政局';
const tell = (effective: string, event: Happening['event'], id = ALONE): Happening => ({
  projectId: id,
  effective,
  event,
});
const story: Happening[] = [
  tell('2023', { type: 'ProjectEnteredPool', data: { projectId: ALONE, details: details('示例项目') } }),
  tell('2024-01-10', {
    type: 'FundsAllocated',
    data: { ...central, ...paper, authority, amountFen: wan(100) },
  }),
  tell('2024-09-10', {
    type: 'FundsAllocated',
    data: { ...central, ...paper, authority, amountFen: wan(50) },
  }),
  tell('2024-10-01', { type: 'FundsDisbursed', data: { ...central, ...paper, amountFen: wan(70) } }),
  tell('2024-10-02', { type: 'FundsReceived', data: { ...central, ...paper, amountFen: wan(70) } }),
  tell('2024-12-31', {
    type: 'FundsCarriedForward',
    data: { ...central, ...paper, stage: 'allocated', toYear: 2025, amountFen: wan(60) },
  }),
  tell('2025-04-02', {
    type: 'FundsReceived',
    data: { source: 'SelfRaised', budgetYear: 2025, ...paper, amountFen: wan(8) },
  }),
];

describe('ageing', () => {
  beforeEach(async () => {
    await database.startAnew();
    await database.apply(recorded(story));
  });
  const inWan = (amounts: readonly { fen: string }[]) =>
    amounts.map(({ fen }) => Number(BigInt(fen) / 1_000_000n));

  it('counts the age from the day money came in, over the turn of the year', async () => {
    const { agedOn, classes, rows, totals } = await ask({ asEffectiveOn: '2025-04-02' });
    expect(agedOn).toBe('2025-04-02');
    expect(classes.map(({ label }) => label)).toEqual([
      '0—90天',
      '90—180天',
      '180—365天',
      '1—2年',
      '2年以上',
    ]);
    expect(
      rows.map(({ stage, source, amounts, lots }) => [stage.label, source.label, inWan(amounts), lots]),
    ).toEqual([
      // Of the first 100, 70 are gone: first in, first out. 20 of the second 50 stayed in 2024, 30 were carried.
      ['下达未拨付', '中央预算内投资', [0, 0, 50, 30, 0], 3],
      ['到位未支付', '中央预算内投资', [0, 0, 70, 0, 0], 1],
      ['到位未支付', '自筹资金', [8, 0, 0, 0, 0], 1],
    ]);
    expect(totals.map(({ stage, balance }) => [stage.key, ...inWan([balance])])).toEqual([
      ['allocated', 80],
      ['disbursed', 0],
      ['received', 78],
    ]);
  });

  it('takes the upper end of a class in', async () => {
    const received = async (day: string) => {
      const { rows } = await ask({ asEffectiveOn: day, source: 'CentralBudgetInvestment' });
      return inWan(rows.at(-1)!.amounts);
    };
    expect(await received('2024-12-31')).toEqual([70, 0, 0, 0, 0]);
    expect(await received('2025-01-01')).toEqual([0, 70, 0, 0, 0]);
  });

  it('lists the lots behind a figure, oldest first', async () => {
    const lots = await allLots({ asEffectiveOn: '2025-04-02' }, 2);
    expect(lots.map((lot) => [lot.effectiveDate, lot.budgetYear, lot.stage.key, lot.ageDays])).toEqual([
      ['2024-01-10', 2025, 'allocated', 448],
      ['2024-09-10', 2024, 'allocated', 204],
      ['2024-09-10', 2025, 'allocated', 204],
      ['2024-10-02', 2024, 'received', 182],
      ['2025-04-02', 2025, 'received', 0],
    ]);
    const page = await idleLots.execute(
      new IdleLotsQuery({ asEffectiveOn: '2025-04-02', stage: 'allocated', over: 180, upTo: 365, limit: 5 }),
    );
    expect(page.items.map(({ originEventId }) => originEventId)).toEqual([eventId(2), eventId(2)]);
  });

  it('takes other classes, and only rising ones', async () => {
    const { classes, rows } = await ask({ asEffectiveOn: '2025-04-02', boundaries: [183] });
    expect(classes).toEqual([
      { over: null, upTo: 183, label: '0—183天' },
      { over: 183, upTo: null, label: '183天以上' },
    ]);
    expect(inWan(rows[1]!.amounts)).toEqual([70, 0]);
    for (const boundaries of [[], [90, 90], [0], [1.5]]) {
      await expect(ask({ boundaries })).rejects.toMatchObject({ code: 'ageing.badBoundaries' });
    }
  });

  it('finds every lot of an account that many came into', async () => {
    const many = Array.from({ length: 40 }, (_, n) =>
      tell(`2025-05-${String(1 + (n % 28)).padStart(2, '0')}`, {
        type: 'FundsReceived',
        data: { source: 'SelfRaised', budgetYear: 2025, ...paper, amountFen: wan(n + 1) },
      }),
    );
    const project = story[0]!;
    await database.startAnew();
    await database.apply(recorded([project, ...many]));
    const lots = await allLots({ asEffectiveOn: '2025-06-01' });
    expect(lots.map(({ amount }) => amount.yuan).sort()).toEqual(
      many.map((_, n) => `${10_000 * (n + 1)}.00`).sort(),
    );
  });

  it('keeps the age of money that another project gave, whoever is asked about', async () => {
    const [other, third] = [projectId(2), projectId(3)];
    const enter = (id: string, region: string): Happening =>
      tell(
        '2023',
        {
          type: 'ProjectEnteredPool',
          data: { projectId: id, details: details('邻项目', { regions: [region] }) },
        },
        id,
      );
    const hand = (from: string, to: string, amount: number, on: string): Happening[] => {
      const half = {
        ...{ ...central, ...paper, stage: 'allocated' as const, amountFen: wan(amount), reason: '调剂' },
        reallocationId: `11111111-1111-4111-8111-0000000000${from.slice(0, 2)}`,
      };
      return [
        tell(on, { type: 'FundsReallocatedOut', data: { ...half, counterpartId: to } }, from),
        tell(on, { type: 'FundsReallocatedIn', data: { ...half, counterpartId: from } }, to),
      ];
    };
    // 30 of the first 100 are left, then the second 50: the other takes 30 and 10, the third of these 30 and 5.
    const given = [
      ...story.slice(0, 4),
      enter(other, '990102'),
      enter(third, '990103'),
      ...hand(ALONE, other, 40, '2024-11-01'),
      ...hand(other, third, 35, '2024-12-01'),
    ];
    await database.startAnew();
    await database.apply(recorded(given));
    const lotsOf = async (filter: AgeingFilter) =>
      (await allLots({ asEffectiveOn: '2025-01-10', ...filter })).map((lot) => [
        lot.project.id,
        lot.effectiveDate,
        lot.ageDays,
        ...inWan([lot.amount]),
      ]);
    expect(await lotsOf({ projectId: third })).toEqual([
      [third, '2024-01-10', 366, 30],
      [third, '2024-09-10', 122, 5],
    ]);
    expect(await lotsOf({ region: '990102' })).toEqual([[other, '2024-09-10', 122, 5]]);
    const { totals } = await ask({ asEffectiveOn: '2025-01-10', region: '990103' });
    expect(inWan(totals[0]!.amounts)).toEqual([0, 5, 0, 30, 0]);
    // Half a pair: what has not arrived is nobody's idle money, and what came from nowhere is as old as its coming.
    await database.startAnew();
    await database.apply(recorded(given.slice(0, -3)));
    expect((await lotsOf({ projectId: other })).length).toBe(0);
    await database.startAnew();
    await database.apply(recorded(given.filter(({ event }) => event.type !== 'FundsReallocatedOut')));
    expect(await lotsOf({ projectId: third })).toEqual([[third, '2024-12-01', 40, 35]]);
  });

  it('is asked by project, place and year', async () => {
    const day = { asEffectiveOn: '2025-04-02' };
    const balances = async (filter: AgeingFilter) =>
      inWan((await ask({ ...day, ...filter })).totals.map(({ balance }) => balance));
    expect(await balances({ year: 2025 })).toEqual([60, 0, 8]);
    expect(await balances({ projectId: projectId(2) })).toEqual([0, 0, 0]);
    expect(await balances({ region: '990101', category: 'ElderlyCare' })).toEqual([80, 0, 78]);
    expect(await balances({ region: '990102' })).toEqual([0, 0, 0]);
  });
});
