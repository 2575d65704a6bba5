import fc from 'fast-check';
import { Refusal } from '#libs/kernel/refusal.js';
import { projectDecider } from './decider.js';
import { isFundEvent } from './evolve/money.js';
import { accountsOf } from './money-lines.js';
import type { ProjectState } from './state.js';
import { command, History, TODAY } from './testing/decider-specification.js';
import { commandOf, moneyFaults, randomCommands, stageFaults, type Draw } from './testing/random-commands.js';
import { approve, enter, PROJECT_ID, wan } from './testing/stories.js';

const draws = randomCommands({ minLength: 20, maxLength: 80 });
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
    try {
      history.take(commandOf(draw, history.events));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    check(history);
  }
  return history;
}

function balances({ plan = [], money }: ProjectState): Record<string, bigint> {
  return Object.fromEntries(accountsOf(plan, money).filter(([, fen]) => fen !== 0n));
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
    fc.assert(property, { numRuns: 300 });
    expect(reversed).toBeGreaterThan(30);
  });
});
