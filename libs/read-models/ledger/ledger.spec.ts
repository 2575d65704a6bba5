import type { ProjectEvent } from '#libs/projects/domain/events.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import {
  details,
  eventId,
  projectId,
  recorded,
  reversalOf,
  wan,
  type Happening,
} from '../testing/recorded.js';
import { LedgerEntriesHandler } from './ledger-entries.handler.js';
import { LedgerHandler } from './ledger.handler.js';
import { ledgerProjection } from './projection.js';
import {
  LedgerEntriesQuery,
  LedgerQuery,
  type LedgerDimension,
  type LedgerFigures,
  type LedgerFilter,
} from './queries.js';

const ALONE = projectId(1);
const JOINT = projectId(2);
const UNKNOWN = projectId(3);
const central = { source: 'CentralBudgetInvestment', budgetYear: 2024 } as const;
const own = { source: 'SelfRaised' } as const;
const paper = { documentNumber: '示例文〔2024〕1号' };

const tell = (id: string, effective: string, event: ProjectEvent): Happening => ({
  projectId: id,
  effective,
  event,
});
const enter = (id: string, more: Parameters<typeof details>[1]) =>
  tell(id, '2023', {
    type: 'ProjectEnteredPool',
    data: { projectId: id, details: details(`项目${id.slice(0, 4)}`, more) },
  });

const story: Happening[] = [
  enter(ALONE, { totalInvestmentFen: wan(300), plannedUse: '2025' }),
  enter(JOINT, {
    totalInvestmentFen: wan(1000),
    regions: ['990103', '990101', '990102'],
    category: 'Childcare',
  }),
  enter(UNKNOWN, { regions: ['990102'] }),
  tell(ALONE, '2023', {
    type: 'FundingPlanned',
    data: {
      lines: [
        { ...central, amountFen: wan(200) },
        { ...own, amountFen: wan(50) },
      ],
    },
  }),
  tell(JOINT, '2023', { type: 'FundingPlanned', data: { lines: [{ ...own, amountFen: wan(1000) }] } }),
  tell(ALONE, '2024-03-01', { type: 'FundsApplied', data: { ...central, ...paper, amountFen: wan(200) } }),
  tell(ALONE, '2024-04-01', {
    type: 'FundsAllocated',
    data: { ...central, ...paper, authority: '示例州财政局', amountFen: wan(200) },
  }),
  tell(ALONE, '2024-05-01', { type: 'FundsDisbursed', data: { ...central, ...paper, amountFen: wan(120) } }),
  tell(ALONE, '2024-12-31', {
    type: 'FundsCarriedForward',
    data: { ...central, ...paper, stage: 'allocated', toYear: 2025, amountFen: wan(80) },
  }),
  tell(ALONE, '2025-01-10', {
    type: 'FundsDisbursed',
    data: { ...central, ...paper, budgetYear: 2025, amountFen: wan(80) },
  }),
  tell(ALONE, '2025-02-01', { type: 'FundsReceived', data: { ...central, ...paper, amountFen: wan(120) } }),
  tell(JOINT, '2025-02-02', {
    type: 'FundsReceived',
    data: { ...own, ...paper, budgetYear: 2025, amountFen: wan(400) },
  }),
  tell(ALONE, '2025-03-05', { type: 'ProgressReported', data: { month: '2025-02', completedFen: wan(90) } }),
  tell(ALONE, '2025-03-06', {
    type: 'FundsPaid',
    data: {
      ...central,
      amountFen: wan(70),
      payee: '示例公司',
      basisDocument: '示例合同1号',
      purpose: '工程款',
    },
  }),
];

let database: ReadModelDatabase;
let ledger: LedgerHandler;
let entries: LedgerEntriesHandler;

beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection);
  ledger = new LedgerHandler(database.dataSource);
  entries = new LedgerEntriesHandler(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

const ask = (groupBy: LedgerDimension[], filter: LedgerFilter = {}) =>
  ledger.execute(new LedgerQuery({ groupBy, ...filter }));
/** Amounts that are not zero, in 万元. */
const inWan = ({ amounts }: LedgerFigures) =>
  Object.fromEntries(
    Object.entries(amounts)
      .filter(([, { fen }]) => fen !== '0')
      .map(([stage, { fen }]) => [stage, Number(BigInt(fen) / 1_000_000n)]),
  );

describe('the investment ledger', () => {
  it('follows money through its stages, source by source and year by year', async () => {
    await database.apply(recorded(story));
    const { rows, total } = await ask(['source', 'year'], { projectId: ALONE });
    expect(rows.map((row) => [row.source?.key, row.year, inWan(row)])).toEqual([
      [
        central.source,
        2024,
        {
          planned: 200,
          applied: 200,
          allocated: 200,
          disbursed: 120,
          received: 120,
          paid: 70,
          carriedForward: 80,
        },
      ],
      [central.source, 2025, { disbursed: 80, carriedIn: 80 }],
      ['SelfRaised', null, { planned: 50 }],
      [undefined, 2025, { completedInvestment: 90 }],
    ]);
    expect(inWan(total)).toEqual({
      planned: 250,
      applied: 200,
      allocated: 200,
      disbursed: 200,
      received: 120,
      paid: 70,
      carriedForward: 80,
      carriedIn: 80,
      completedInvestment: 90,
    });
  });

  it('shows what no source is listed for, where a total is known, and counts unknown totals', async () => {
    await database.apply(recorded(story));
    const { rows, total } = await ask(['project']);
    expect(
      rows.map((row) => [row.project?.id, row.totalInvestment?.fen, row.unsourced?.fen, row.unknownTotals]),
    ).toEqual([
      [ALONE, wan(300), wan(50), 0],
      [JOINT, wan(1000), '0', 0],
      [UNKNOWN, undefined, undefined, 1],
    ]);
    expect(total).toMatchObject({
      projects: 3,
      unknownTotals: 1,
      totalInvestment: { fen: wan(1300) },
      unsourced: { fen: wan(50) },
    });
  });

  it('gives no total investment to a source or a budget year', async () => {
    await database.apply(recorded(story));
    const bySource = await ask(['source']);
    expect(bySource.rows.map((row) => row.totalInvestment)).toEqual([null, null, null]);
    expect(bySource.total.totalInvestment?.fen).toBe(wan(1300));
    const inYear = await ask([], { year: 2025 });
    expect(inYear.total).toMatchObject({ totalInvestment: null, unsourced: null, projects: 2 });
  });

  it('neither splits nor repeats the money of a project in three counties', async () => {
    await database.apply(recorded(story));
    const { rows, total } = await ask(['region']);
    expect(rows.map((row) => [row.region?.label, row.totalInvestment?.fen])).toEqual([
      ['示例1县', wan(300)],
      ['示例1县、示例2县、示例3县', wan(1000)],
      ['示例2县', undefined],
    ]);
    expect(total.totalInvestment?.fen).toBe(wan(1300));
    const county = await ask(['region'], { region: '990101' });
    expect(county.rows).toHaveLength(2);
    const prefecture = await ask([], { region: '990100' });
    expect(prefecture.total).toEqual(total);
    const jointOnly = await ask([], { regionSet: ['990101', '990102', '990103'] });
    expect(jointOnly.total).toMatchObject({ projects: 1, totalInvestment: { fen: wan(1000) } });
  });

  it('groups by category and by planned year of use', async () => {
    await database.apply(recorded(story));
    const { rows } = await ask(['category', 'plannedUseYear']);
    expect(rows.map((row) => [row.category?.label, row.plannedUseYear, row.projects])).toEqual([
      ['养老', 2025, 1],
      ['养老', null, 1],
      ['托育', null, 1],
    ]);
  });

  it('moves only the difference when a plan is revised', async () => {
    const lines = [
      { ...central, amountFen: wan(180) },
      { ...own, amountFen: wan(50) },
    ];
    const before = story.slice(0, 4);
    const plan = before[3]!.event as ProjectEvent & { type: 'FundingPlanned' };
    const revision = tell(ALONE, '2024-06', {
      type: 'FundingPlanRevised',
      data: { lines, previous: plan.data.lines, reason: '调减' },
    });
    await database.apply(recorded([...before, revision]));
    const page = await entries.execute(new LedgerEntriesQuery({ projectId: ALONE, limit: 10 }));
    expect(page.items.map((entry) => entry.amount.fen)).toEqual([wan(200), wan(50), `-${wan(20)}`]);
    expect(inWan((await ask([])).total)).toEqual({ planned: 230 });
  });

  it('takes a reversed entry back in its own budget year, and keeps both on the record', async () => {
    await database.apply(recorded([...story, reversalOf(story, 13, '2026-01-15')]));
    const { total } = await ask([], { projectId: ALONE, year: 2024 });
    expect(total.amounts.paid.fen).toBe('0');
    const before = await ask([], { projectId: ALONE, year: 2024, asEffectiveOn: '2025-12-31' });
    expect(before.total.amounts.paid.fen).toBe(wan(70));
    const page = await entries.execute(new LedgerEntriesQuery({ stage: 'paid', limit: 10 }));
    expect(page.items.map((entry) => [entry.amount.fen, entry.reverses, entry.documentNumber])).toEqual([
      [wan(70), null, '示例合同1号'],
      [`-${wan(70)}`, eventId(13), '示例合同1号'],
    ]);
  });

  it('lists just the lines that a row counts, in pages', async () => {
    await database.apply(recorded(story));
    const { rows } = await ask(['year']);
    for (const { year = null, entryCount } of rows) {
      let listed = 0;
      let cursor: string | undefined;
      do {
        const page = await entries.execute(
          new LedgerEntriesQuery({ year, limit: 2, ...(cursor && { cursor }) }),
        );
        listed += page.items.length;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect([year, listed]).toEqual([year, entryCount]);
    }
    expect(rows.map((row) => row.year)).toEqual([2024, 2025, null]);
  });

  it('refuses a cursor of another list and unreadable days', async () => {
    const bad = entries.execute(new LedgerEntriesQuery({ cursor: 'eyJhIjoxfQ', limit: 10 }));
    await expect(bad).rejects.toMatchObject({ code: 'paging.badCursor' });
    await expect(ask([], { asEffectiveOn: '2024-02-30' })).rejects.toMatchObject({ code: 'asOf.unreadable' });
    await expect(ask([], { asKnownAt: '2024-02-03' })).rejects.toMatchObject({ code: 'asOf.unreadable' });
  });

  it('keeps every account, and all of them together at zero', async () => {
    await database.apply(recorded([...story, reversalOf(story, 13, '2026-01-15')]));
    const { rows } = await database.pool.query<{ account: string; year: number | null; wan: number }>(`
      select account, year, (sum(amount_fen) / 1000000)::integer as wan
      from (
        select from_account as account, from_year as year, -amount_fen as amount_fen, source from read.ledger_transfer
        union all
        select to_account, to_year, amount_fen, source from read.ledger_transfer
      ) leg
      group by account, year having sum(amount_fen) <> 0 order by account collate "C", year`);
    expect(rows.map(({ account, year, wan: amount }) => [account, year, amount])).toEqual([
      ['completedInvestment', 2025, 90],
      ['disbursed', 2025, 80],
      ['planned', 2025, -400],
      ['planned', null, 1050],
      ['received', 2024, 120],
      ['received', 2025, 400],
      ['sources', 2024, -200],
      ['sources', null, -1050],
      ['work', 2025, -90],
    ]);
    expect(rows.reduce((sum, row) => sum + row.wan, 0)).toBe(0);
  });

  it('is append-only in the database itself', async () => {
    await database.apply(recorded(story));
    const statements = [
      'update read.ledger_transfer set amount_fen = 1',
      'delete from read.ledger_transfer',
      `delete from read.ledger_attribute where field = 'name'`,
    ];
    for (const statement of statements) {
      await expect(database.pool.query(statement)).rejects.toThrow('append-only');
    }
  });
});
