import fc from 'fast-check';
import type { ProjectCommand } from '../commands.js';
import { accountsOf, linesOverPlan } from '../money-lines.js';
import type { ProjectState } from '../state.js';
import { command } from './decider-specification.js';
import { accept, adjustEstimate, approve, carry, closeYear, commission, details, enter } from './stories.js';
import { estimate, exempt, file, fund, PROJECT_ID, reallocate, start, wan } from './stories.js';

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
        // Few histories get as far as acceptance.
        'ReturnSurplus',
        'ReturnSurplus',
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
const reallocating = fc
  .tuple(
    fc.constantFrom('Out' as const, 'In' as const),
    amount,
    fc.record({
      source,
      budgetYear: year,
      stage: fc.constantFrom('allocated' as const, 'disbursed' as const, 'received' as const),
    }),
    mark,
  )
  .map(([half, howMuch, line, marked]) => reallocate(half, howMuch, { ...line, ...marked }));
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
const closing = fc.constantFrom(closeYear(2025), closeYear(2025), closeYear(2026));
const life = fc.constantFrom(
  enter,
  approve,
  file,
  estimate,
  start,
  accept,
  exempt,
  commission,
  adjustEstimate(400),
  adjustEstimate(700),
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
export interface Reversing {
  back: number;
  marked: { priorYear?: true };
}
const reversing: fc.Arbitrary<Reversing> = fc.record({ back: fc.nat({ max: 8 }), marked: mark });
export type Draw = ProjectCommand | Reversing;
/** Commands in any order; those that the rules refuse are part of it. */
export const randomCommands = (size: fc.ArrayConstraints): fc.Arbitrary<Draw[]> =>
  fc.array<Draw>(
    fc.oneof(
      { arbitrary: funds, weight: 8 },
      { arbitrary: life, weight: 4 },
      { arbitrary: planning, weight: 2 },
      { arbitrary: reversing, weight: 4 },
      { arbitrary: carrying, weight: 2 },
      { arbitrary: reallocating, weight: 2 },
      { arbitrary: closing, weight: 1 },
      { arbitrary: progress, weight: 1 },
    ),
    size,
  );
/** What is drawn as a command, on the events recorded so far. */
export function commandOf(draw: Draw, events: readonly { id: string }[]): ProjectCommand {
  if (!('back' in draw)) return draw;
  const { back, marked } = draw;
  const event = events.at(-1 - back);
  return command('ReverseEntry', { eventId: event?.id ?? PROJECT_ID, reason: '示例', ...marked });
}

/** What does not hold of the money; empty where all does. */
export function moneyFaults({ plan = [], money }: ProjectState): unknown[] {
  const accounts = accountsOf(plan, money);
  const sum = accounts.reduce((total, [, fen]) => total + fen, 0n);
  const below = accounts.filter(([name, fen]) => name !== 'budget' && fen < 0n);
  return [...(sum === 0n ? [] : [sum]), ...below, ...linesOverPlan(plan, money)];
}

/** What a stage needs and the facts do not give; empty where they agree. */
export function stageFaults(state: ProjectState): string[] {
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
