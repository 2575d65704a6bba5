import fc from 'fast-check';
import { randomHistory, randomMoment, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, projectId, recorded, wan, type Happening } from '../testing/recorded.js';
import { AccountBalancesHandler } from './account-balances.handler.js';
import { AccountBalancesQuery, type AccountDimension } from './account-queries.js';
import { ledgerProjection } from './projection.js';
import type { LedgerFilter } from './queries.js';

let database: ReadModelDatabase;
let balances: AccountBalancesHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection);
  balances = new AccountBalancesHandler(database.dataSource);
});
afterAll(() => database.close());

const REALLOCATED = {
  reallocationId: '11111111-1111-4111-8111-111111111111',
  counterpartId: projectId(2),
  reason: '调剂',
};

const ask = (groupBy: readonly AccountDimension[], filter: LedgerFilter) =>
  balances.execute(new AccountBalancesQuery({ groupBy, ...filter }));
const accountsOf = async (groupBy: readonly AccountDimension[], filter: LedgerFilter) =>
  (await ask(groupBy, filter)).rows.map(({ account, entered, left, balance }) => [
    account.label,
    Number(entered.fen) / 1e6,
    Number(left.fen) / 1e6,
    Number(balance.fen) / 1e6,
  ]);

/** Every line of the journal looked at from both of its sides: no sums are kept in between. */
const BOTH_SIDES = `
  select concat_ws('|', project_id, source, level, year, account, sum(entered), sum(leaving)) as row
  from (
    select project_id, coalesce(source, '') as source, coalesce(level, '') as level, coalesce(to_year, 0) as year,
      to_account as account, amount_fen as entered, 0 as leaving, recorded_at, effective_to
    from read.ledger_transfer
    union all
    select project_id, coalesce(source, ''), coalesce(level, ''), coalesce(from_year, 0), from_account, 0, amount_fen,
      recorded_at, effective_to
    from read.ledger_transfer) side
  where ($1::timestamptz is null or recorded_at <= $1) and ($2::date is null or effective_to <= $2)
  group by project_id, source, level, year, account
  having sum(entered) <> 0 or sum(leaving) <> 0`;

async function assertEqualToJournal(moment: Moment): Promise<void> {
  const { rows } = await database.pool.query<{ row: string }>(BOTH_SIDES, [
    moment.asKnownAt ?? null,
    moment.asEffectiveOn ?? null,
  ]);
  const answer = await ask(['project', 'source', 'level', 'year'], moment);
  const moved = answer.rows.filter(({ entered, left }) => entered.fen !== '0' || left.fen !== '0');
  const told = moved.map(({ project, source, level, year, account, entered, left }) =>
    [project!.id, source?.key, level?.key, year ?? 0, account.key, entered.fen, left.fen]
      .map((part) => part ?? '')
      .join('|'),
  );
  expect(told.sort()).toEqual(rows.map(({ row }) => row).sort());
  expect(answer.total.balance.fen).toBe('0');
  expect((await ask([], moment)).total).toEqual(answer.total);
}

describe('the balances of the stage accounts', () => {
  it('equal both sides of every line of the journal, and add up to zero', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.array(randomMoment, { maxLength: 3 }), async (history, moments) => {
        await database.startAnew();
        await database.apply(recorded(history), 6);
        for (const moment of [{}, ...moments]) await assertEqualToJournal(moment);
      }),
      { numRuns: 25 },
    );
  });

  it('show what came, what left and what stands, of direct money and of money carried into a year', async () => {
    const tell = (event: Happening['event']): Happening => ({
      projectId: projectId(1),
      effective: '2024',
      event,
    });
    const line = { source: 'SelfRaised', budgetYear: 2024, documentNumber: '示例文1号' } as const;
    await database.startAnew();
    await database.apply(
      recorded([
        tell({ type: 'ProjectEnteredPool', data: { projectId: projectId(1), details: details('项目') } }),
        tell({
          type: 'FundingPlanned',
          data: { lines: [{ source: 'SelfRaised', budgetYear: 2024, amountFen: wan(100) }] },
        }),
        tell({ type: 'FundsReceived', data: { ...line, amountFen: wan(80) } }),
        tell({
          type: 'FundsCarriedForward',
          data: { ...line, stage: 'received', toYear: 2025, amountFen: wan(30) },
        }),
        tell({
          type: 'FundsReallocatedOut',
          data: { ...line, stage: 'received', amountFen: wan(5), ...REALLOCATED },
        }),
        tell({ type: 'FundsReturned', data: { ...line, amountFen: wan(2), reason: '结余' } }),
      ]),
    );
    expect(await accountsOf([], {})).toEqual([
      ['资金来源', 0, 100, -100],
      ['计划', 100, 80, 20],
      ['到位', 110, 37, 73],
      ['结余上缴', 2, 0, 2],
      ['项目间调剂', 5, 0, 5],
    ]);
    expect(await accountsOf(['year'], { year: 2025 })).toEqual([['到位', 30, 0, 30]]);
    expect((await ask([], { year: 2024 })).total.balance.fen).toBe(`-${wan(30)}`);
    await assertEqualToJournal({ asEffectiveOn: '2024-12-31' });
    expect(await accountsOf([], { region: '990102' })).toEqual([]);
  });
});
