import fc from 'fast-check';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectCommand } from './commands.js';
import { projectDecider } from './decider.js';
import { isFundEvent } from './evolve/money.js';
import { accountsOf, linesOverPlan } from './money-lines.js';
import type { ProjectState } from './state.js';
import { command, History, TODAY } from './testing/decider-specification.js';
import { accept, approve, carry, closeYear, commission, details, enter } from './testing/stories.js';
import { estimate, exempt, file, fund, PROJECT_ID, start, wan } from './testing/stories.js';

const source = fc.constantFrom('CentralBudgetInvestment', 'CountyFiscal', 'SelfRaised');
const year = fc.constantFrom(2025, 2026);
const amount = fc.integer({ min: -1, max: 40 });
const effective = fc.constantFrom('2025', '2025-06-01', '2026-01', '2026-10-01', '2027');
const mark = fc.constantFrom<{ priorYear?: true }>({}, {}, {}, { priorYear: true });
const lineOf = fc.record({ source, budgetYear: year });

const funds = fc
  .tuple(
    fc.constantFrom(
      ...([
        'ApplyForFunds',
        'AllocateFunds',
        'DisburseFunds',
        'ReceiveFunds',
        'PayFunds',
        'RecoverFunds',
      ] as const),
    ),
    amount,
    lineOf,
    mark,
    effective,
  )
  .map(([type, howMuch, line, marked, on]) => fund(type, howMuch, { ...line, ...marked }, on));
const carrying = fc
  .tuple(fc.constantFrom('allocated', 'disbursed', 'received'), amount, lineOf, mark)
  .map(([stage, howMuch, line, marked]) => carry(stage as 'received', howMuch, { ...line, ...marked }));
const planning = fc
  .array(fc.tuple(lineOf, fc.boolean(), fc.integer({ min: 0, max: 90 })), { maxLength: 4 })
  .map((lines) =>
    command('PlanFunding', {
      lines: lines.map(([{ budgetYear, ...line }, dated, howMuch]) => ({
        ...line,
        ...(dated && { budgetYear }),
        amountFen: wan(howMuch),
      })),
      reason: '调整',
    }),
  );
const progress = fc
  .tuple(fc.constantFrom('2025-04', '2025-05', '2026-02'), fc.integer({ min: 0, max: 110 }), mark)
  .map(([month, percent, marked]) =>
    command('ReportProgress', {
      month,
      completedFen: wan(1),
      physicalPercent: `${percent}`,
      ...marked,
    }),
  );
const life = fc.constantFrom(
  enter,
  approve,
  file,
  estimate,
  start,
  accept,
  exempt,
  commission,
  closeYear(2025),
  command('RevokeApproval', { authority: '示例', reason: '示例' }),
  command('SuspendConstruction', { reason: '示例' }),
  command('ResumeConstruction', {}),
  command('Decommission', { reason: '示例' }),
  command('ChangeCapacity', { capacity: { beds: 10 }, reason: '示例' }),
  command('Withdraw', { reason: '示例' }),
  command('ReviseDetails', { details: { ...details, place: '示例9县' } }),
  command('MeetReadinessCondition', { condition: 'land' }),
  command('LapseReadinessCondition', { condition: 'land', reason: '示例' }),
);
/** Reverses an event so far, counted back from the last. */
interface Reversing {
  back: number;
  marked: { priorYear?: true };
}
const reversing: fc.Arbitrary<Reversing> = fc.record({ back: fc.nat({ max: 8 }), marked: mark });
type Draw = ProjectCommand | Reversing;
const draws = fc.array<Draw>(
  fc.oneof(
    { arbitrary: funds, weight: 8 },
    { arbitrary: life, weight: 4 },
    { arbitrary: planning, weight: 2 },
    { arbitrary: reversing, weight: 4 },
    { arbitrary: carrying, weight: 1 },
    { arbitrary: progress, weight: 1 },
  ),
  { minLength: 20, maxLength: 80 },
);
const RUNS = { numRuns: 100 };

/** Plays what is drawn from a start that lets money flow; what is refused is left out. */
function play(drawn: readonly Draw[], check: (history: History) => void): History {
  const history = new History();
  const opening = [
    enter,
    approve,
    command('PlanFunding', { lines: [{ source: 'CountyFiscal', amountFen: wan(99) }] }),
  ];
  for (const draw of [...opening, ...drawn]) {
    const asked = 'back' in draw ? reversalOf(history, draw) : draw;
    try {
      history.take(asked);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    check(history);
  }
  return history;
}

function reversalOf({ events }: History, { back, marked }: Reversing): ProjectCommand {
  const event = events.at(-1 - back);
  return command('ReverseEntry', { eventId: event?.id ?? PROJECT_ID, reason: '示例', ...marked });
}

function balances({ plan = [], money }: ProjectState): Record<string, bigint> {
  return Object.fromEntries(accountsOf(plan, money).filter(([, fen]) => fen !== 0n));
}

/** What does not hold of the money; empty where all does. */
function moneyFaults({ plan = [], money }: ProjectState): unknown[] {
  const accounts = accountsOf(plan, money);
  const sum = accounts.reduce((total, [, fen]) => total + fen, 0n);
  const below = accounts.filter(([name, fen]) => name !== 'budget' && fen < 0n);
  return [...(sum === 0n ? [] : [sum]), ...below, ...linesOverPlan(plan, money)];
}

/** What a stage needs and the facts do not give; empty where they agree. */
function stageFaults(state: ProjectState): string[] {
  const { stage, approval, started, accepted: taken, exempted, inUse } = state;
  const faults: [string, boolean][] = [
    ['started without approval', !!started && !approval],
    ['started without estimate', !!started && approval?.mode === 'Approval' && !state.estimate],
    ['built without start', (stage === 'UnderConstruction' || stage === 'Accepted') && !started],
    ['accepted without acceptance', stage === 'Accepted' && !taken],
    ['in use without acceptance or exemption', stage === 'InUse' && !taken && !exempted],
    ['capacity in use exactly while in use', (stage === 'InUse') !== (inUse !== undefined)],
    ['progress without start', state.progress.size > 0 && !started],
  ];
  return faults.filter(([, holds]) => holds).map(([fault]) => fault);
}

describe('whatever is asked', () => {
  it('no account but the budget goes below zero, all sum up to zero, the plan covers what is used', () => {
    const property = fc.property(draws, (drawn) => {
      const faults: unknown[] = [];
      play(drawn, ({ state }) => faults.push(...moneyFaults(state)));
      expect(faults).toEqual([]);
    });
    fc.assert(property, RUNS);
  });

  it('the stage agrees with the facts it needs', () => {
    const property = fc.property(draws, (drawn) => {
      const faults: string[] = [];
      play(drawn, ({ state }) => faults.push(...stageFaults(state)));
      expect(faults).toEqual([]);
    });
    fc.assert(property, RUNS);
  });

  it('the events alone give the same state again: deciding, refused or not, changed nothing', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const { events, state } = play(drawn, () => undefined);
        const again = events.reduce(projectDecider.evolve, projectDecider.initialState());
        expect(again).toEqual(state);
      }),
      RUNS,
    );
  });

  it('reversing the last fund event puts the balances back', () => {
    let reversed = 0;
    const property = fc.property(draws, (drawn) => {
      play(drawn, ({ events, state }) => {
        const last = events.at(-1);
        if (!last || !isFundEvent(last) || state.closedYears.size > 0) return;
        const now = events.reduce(projectDecider.evolve, projectDecider.initialState());
        const before = events.slice(0, -1).reduce(projectDecider.evolve, projectDecider.initialState());
        const asked = command('ReverseEntry', { eventId: last.id, reason: '示例' });
        const [reversal] = projectDecider.decide(asked, now);
        projectDecider.evolve(now, { ...reversal!, id: PROJECT_ID, effectiveDate: TODAY });
        expect(balances(now)).toEqual(balances(before));
        reversed += 1;
      });
    });
    fc.assert(property, { numRuns: 30 });
    expect(reversed).toBeGreaterThan(30);
  });
});
