import type { FundingPlanLine } from './events.js';
import { MoneyLines, accountsOf, linesOverPlan, planLimit } from './money-lines.js';

const county = { source: 'CountyFiscal', budgetYear: 2025 } as const;
const own = { source: 'SelfRaised', budgetYear: 2025 } as const;
const plan: FundingPlanLine[] = [
  { ...county, amountFen: '100' },
  { source: 'CountyFiscal', amountFen: '50' },
  { source: 'SelfRaised', amountFen: '30' },
];

describe('money lines', () => {
  it('know nothing of a line that was never used', () => {
    expect(new MoneyLines().balances(county)).toEqual({
      applied: 0n,
      allocated: 0n,
      disbursed: 0n,
      received: 0n,
      paid: 0n,
      recovered: 0n,
      returned: 0n,
    });
  });

  it('show what stands at each stage, having come from the one before', () => {
    const money = new MoneyLines();
    money.add(county, 'applied', 100n);
    money.add(county, 'allocated', 80n);
    money.add(county, 'disbursed', 60n);
    money.add(county, 'received', 50n);
    money.add(county, 'paid', 20n);
    money.add(county, 'recovered', 5n);
    expect(money.balances(county)).toEqual({
      applied: 20n,
      allocated: 20n,
      disbursed: 10n,
      received: 25n,
      paid: 20n,
      recovered: 5n,
      returned: 0n,
    });
    money.add(county, 'receivedOut', 25n);
    expect(money.balances(county).received).toBe(0n);
  });

  it('let direct money come from the plan at once, and money without application pass through it', () => {
    const money = new MoneyLines();
    money.add(own, 'received', 30n);
    money.add(county, 'allocated', 10n);
    expect(money.balances(own)).toMatchObject({ applied: 0n, disbursed: 0n, received: 30n });
    expect(money.balances(county)).toMatchObject({ applied: 0n, allocated: 10n });
    const accounts = Object.fromEntries(accountsOf(plan, money));
    expect(accounts).toMatchObject({ budget: -180n, planned: 140n, 'SelfRaised//2025/received': 30n });
    expect(Object.values(accounts).reduce((sum, fen) => sum + fen, 0n)).toBe(0n);
  });

  it('share among years what the plan prints without one', () => {
    const money = new MoneyLines();
    const next = { ...county, budgetYear: 2026 };
    expect(planLimit(plan, money, county)).toBe(150n);
    expect(planLimit(plan, money, next)).toBe(50n);
    money.add(county, 'allocated', 120n);
    expect(planLimit(plan, money, county)).toBe(150n);
    expect(planLimit(plan, money, next)).toBe(30n);
    expect(linesOverPlan(plan, money)).toEqual([]);
    money.add(next, 'allocated', 31n);
    expect(linesOverPlan(plan, money)).toContainEqual({
      key: { ...next, level: undefined },
      claim: 31n,
      limit: 30n,
    });
  });

  it('keep the levels of one source apart', () => {
    const money = new MoneyLines();
    const provincial = { source: 'WelfareLotteryFund', level: 'provincial', budgetYear: 2025 } as const;
    money.add(provincial, 'allocated', 7n);
    expect(money.balances({ ...provincial, level: 'county' }).allocated).toBe(0n);
  });
});
