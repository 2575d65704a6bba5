import fc from 'fast-check';
import { MoneyFlow, type Movement } from './lots.js';

const PROJECT = 'p';
let count = 0;
const move = (from: string, to: string, amount: number, more: Partial<Movement> = {}): Movement => ({
  eventId: `${from}→${to} ${(count += 1)}`,
  projectId: PROJECT,
  source: 'CentralBudgetInvestment',
  level: null,
  from,
  fromYear: 2024,
  to,
  toYear: 2024,
  amountFen: BigInt(amount),
  ...more,
});
const allocated = (amount: number) => move('applied', 'allocated', amount);
const disbursed = (amount: number) => move('allocated', 'disbursed', amount);
const received = (amount: number) => move('disbursed', 'received', amount);
const paid = (amount: number) => move('received', 'paid', amount);
const carried = (stage: string, amount: number) => move(stage, stage, amount, { toYear: 2025 });

describe('money followed first in, first out', () => {
  it('finds the allocations behind a payment, lot by lot', () => {
    const [a1, a2, d1, d2, r1, p1, p2] = [
      ...[allocated(100), allocated(50)],
      ...[disbursed(120), disbursed(30)],
      ...[received(140), paid(110), paid(30)],
    ] as const;
    const flow = new MoneyFlow([a1, a2, d1, d2, r1, p1, p2]);
    expect([...flow.origins(p1)]).toEqual([
      { amountFen: 100n, steps: [p1, r1, d1, a1], traced: true },
      { amountFen: 10n, steps: [p1, r1, d1, a2], traced: true },
    ]);
    expect([...flow.origins(p2)]).toEqual([
      { amountFen: 10n, steps: [p2, r1, d1, a2], traced: true },
      { amountFen: 20n, steps: [p2, r1, d2, a2], traced: true },
    ]);
  });

  it('finds where an allocation’s money is now', () => {
    const [a1, a2, d1, r1, p1] = [
      allocated(100),
      allocated(50),
      disbursed(120),
      received(90),
      paid(40),
    ] as const;
    const flow = new MoneyFlow([a1, a2, d1, r1, p1]);
    expect([...flow.destinations(a1)]).toEqual([
      { amountFen: 40n, steps: [a1, d1, r1, p1], traced: true },
      { amountFen: 50n, steps: [a1, d1, r1], traced: true },
      { amountFen: 10n, steps: [a1, d1], traced: true },
    ]);
    expect([...flow.destinations(a2)]).toEqual([
      { amountFen: 20n, steps: [a2, d1], traced: true },
      { amountFen: 30n, steps: [a2], traced: true },
    ]);
  });

  it('keeps the age of money that is carried into the next year', () => {
    const [a1, a2, c1] = [allocated(100), allocated(50), carried('allocated', 120)] as const;
    const lots = [...new MoneyFlow([a1, a2, c1]).idle()];
    expect(lots).toEqual([
      { amountFen: 30n, stage: 'allocated', holder: a2, origin: a2 },
      { amountFen: 100n, stage: 'allocated', holder: c1, origin: a1 },
      { amountFen: 20n, stage: 'allocated', holder: c1, origin: a2 },
    ]);
  });

  it('goes through carrying forward on the way back, and names it', () => {
    const [r1, c1] = [
      move('planned', 'received', 80, { source: 'SelfRaised' }),
      { ...carried('received', 80), source: 'SelfRaised' },
    ];
    const p1 = move('received', 'paid', 30, { source: 'SelfRaised', fromYear: 2025, toYear: 2025 });
    expect([...new MoneyFlow([r1, c1, p1]).origins(p1)]).toEqual([
      { amountFen: 30n, steps: [p1, c1, r1], traced: true },
    ]);
  });

  it('says of what money it does not know the origin', () => {
    const [r1, p1] = [received(10), paid(25)];
    const flow = new MoneyFlow([move('applied', 'allocated', 10), disbursed(10), r1, p1]);
    expect([...flow.origins(p1)].map(({ amountFen, traced }) => [amountFen, traced])).toEqual([
      [10n, true],
      [15n, false],
    ]);
    expect([...flow.overdrawn()]).toEqual([{ stage: 'received', amountFen: 15n, movement: p1 }]);
  });

  it('loses no fen and makes none, whatever moved', () => {
    const stages = ['applied', 'allocated', 'disbursed', 'received', 'paid'] as const;
    const anyMovement = fc
      .record({
        at: fc.nat(3),
        carry: fc.boolean(),
        year: fc.integer({ min: 2023, max: 2025 }),
        amount: fc.integer({ min: 1, max: 500 }),
      })
      .map(({ at, carry, year, amount }) => {
        const from = stages[at]!;
        if (carry && at > 0) return move(from, from, amount, { fromYear: year, toYear: year + 1 });
        return move(from, stages[at + 1]!, amount, { fromYear: year, toYear: year });
      });
    fc.assert(
      fc.property(fc.array(anyMovement, { maxLength: 40 }), (movements) => {
        const flow = new MoneyFlow(movements);
        const sum = (parts: Iterable<{ amountFen: bigint }>) =>
          [...parts].reduce((total, { amountFen }) => total + amountFen, 0n);
        for (const movement of movements) {
          expect(sum(flow.origins(movement))).toBe(movement.amountFen);
          expect(sum(flow.destinations(movement))).toBe(movement.amountFen);
        }
        for (const stage of stages.slice(1, 4)) {
          const balance = movements.reduce(
            (total, { from, to, amountFen }) =>
              total + (to === stage ? amountFen : 0n) - (from === stage ? amountFen : 0n),
            0n,
          );
          const idle = sum([...flow.idle()].filter((lot) => lot.stage === stage));
          const over = sum([...flow.overdrawn()].filter((lot) => lot.stage === stage));
          expect(idle - over).toBe(balance);
        }
      }),
    );
  });

  it('finds the same lots from either end', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, amounts, amounts, amounts, (as, ds, rs, ps) => {
        const [a, d, r, p] = [as.map(allocated), ds.map(disbursed), rs.map(received), ps.map(paid)];
        const flow = new MoneyFlow([...a, ...d, ...r, ...p]);
        const spell = (steps: readonly Movement[], amountFen: bigint) =>
          `${steps.map(({ eventId }) => eventId).join('<')} ${amountFen}`;
        const back = p.flatMap((each) =>
          [...flow.origins(each)]
            .filter(({ traced }) => traced)
            .map(({ steps, amountFen }) => spell(steps, amountFen)),
        );
        const forth = a.flatMap((each) =>
          [...flow.destinations(each)]
            .filter(({ steps }) => steps.at(-1)!.to === 'paid')
            .map(({ steps, amountFen }) => spell([...steps].reverse(), amountFen)),
        );
        expect(forth.sort()).toEqual(back.sort());
      }),
    );
  });
});
