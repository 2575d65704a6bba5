import fc from 'fast-check';
import { RevisionConflict } from '#libs/event-store/errors.js';
import type { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import { DrawingRecorder } from '#libs/fund-plans/application/drawing-recorder.js';
import { FundPlanBook } from '#libs/fund-plans/application/fund-plan-book.js';
import { PairedRecorder } from '#libs/fund-plans/application/paired-recorder.js';
import { Reallocator } from '#libs/fund-plans/application/reallocator.js';
import { idFor } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import type { ProjectCommand } from '#libs/projects/domain/commands.js';
import { projectStream } from '#libs/projects/domain/events.js';
import { TODAY } from '#libs/projects/domain/testing/decider-specification.js';
import { commandOf, randomCommands, type Draw } from '#libs/projects/domain/testing/random-commands.js';
import { PROJECT_ID, wan } from '#libs/projects/domain/testing/stories.js';
import { ACTOR } from '#libs/read-models/testing/recorded.js';

/** Two projects that hand money to each other. */
export const PAIR = [PROJECT_ID, idFor('conservation', 'the other project')] as const;
type Side = 0 | 1;

interface Handing {
  from: Side;
  source: 'CentralBudgetInvestment' | 'CountyFiscal';
  stage: 'allocated' | 'disbursed' | 'received';
  amount: number;
  marked: { priorYear?: true };
}
/** Takes one of the halves back, whichever project it stands in. */
interface TakingBack {
  takesBack: number;
}
export type Act = Handing | TakingBack | { of: Side; draw: Draw };

const side = fc.constantFrom<Side>(0, 1);
const handing: fc.Arbitrary<Handing> = fc.record({
  from: side,
  source: fc.constantFrom('CentralBudgetInvestment', 'CountyFiscal'),
  stage: fc.constantFrom('allocated', 'disbursed', 'received'),
  amount: fc.integer({ min: 1, max: 20 }),
  marked: fc.constantFrom<{ priorYear?: true }>({}, {}, { priorYear: true }),
});
/** Half a reallocation by itself is not among them: here both halves are recorded by one act. */
const single = fc
  .tuple(side, randomCommands({ minLength: 1, maxLength: 1 }))
  .map(([of, [draw]]) => ({ of, draw: draw! }))
  .filter(({ draw }) => 'back' in draw || !draw.type.startsWith('ReallocateFunds'));
export const acts = fc.array(
  fc.array(
    fc.oneof<fc.WeightedArbitrary<Act>[]>(
      { arbitrary: handing, weight: 4 },
      { arbitrary: single, weight: 4 },
      { arbitrary: fc.record({ takesBack: fc.nat(7) }), weight: 2 },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  { maxLength: 8, size: 'max' },
);

/** Both streams in the order of the feed. */
export async function eventsOfPair(store: MemoryEventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (const projectId of PAIR) {
    for await (const event of store.readStream(projectStream(projectId))) events.push(event);
  }
  return events.sort((a, b) => (a.position < b.position ? -1 : 1));
}

/** Does the acts of each round at one time, as everything is recorded: through the reallocator and the paired recorder. */
export async function recordPairs(
  store: MemoryEventStore,
  openings: readonly (readonly ProjectCommand[])[],
  rounds: readonly (readonly Act[])[],
  scheduler: fc.Scheduler,
): Promise<void> {
  const now = () => new Date(`${TODAY}T04:00:00Z`);
  const projects = new ProjectRecorder(store, now);
  const book = new FundPlanBook(store, now);
  const reallocator = new Reallocator(projects, book, store);
  const recorder = new PairedRecorder(new DrawingRecorder(projects, book), reallocator);
  let sent = 0;
  const shared = () => ({
    ...{ actor: ACTOR, evidence: [], effectiveDate: '2026-06-01' },
    commandId: idFor('paired conservation', String((sent += 1))),
  });
  const send = ({ type, data, context }: ProjectCommand, of: Side) => {
    const own = type === 'EnterPool' ? { ...data, projectId: PAIR[of] } : data;
    return recorder.record({
      ...shared(),
      projectId: PAIR[of],
      commands: [{ type, data: own }] as Parameters<ProjectRecorder['record']>[0]['commands'],
      effectiveDate: context.effectiveDate,
    });
  };
  const perform = async (act: Act, known: readonly StoredEvent[]): Promise<void> => {
    if ('of' in act) {
      const own = known.filter(({ stream }) => stream === projectStream(PAIR[act.of]));
      await send(commandOf(act.draw, own), act.of);
    } else if ('takesBack' in act) {
      const halves = known.filter(({ type }) => type.startsWith('FundsReallocated'));
      const half = halves.at(-1 - act.takesBack);
      if (!half) return;
      const data = { eventId: half.id, reason: '示例' };
      const projectId = decodeProjectEvent(half).projectId;
      await recorder.record({ ...shared(), projectId, commands: [{ type: 'ReverseEntry', data }] });
    } else {
      const { from, source, stage, amount, marked } = act;
      await reallocator.reallocate({
        ...{ ...shared(), fromProjectId: PAIR[from], toProjectId: PAIR[1 - from]! },
        data: {
          ...{ source, budgetYear: 2025, stage, amountFen: wan(amount), ...marked },
          ...{ documentNumber: '示例调〔2026〕1号', reason: '示例' },
        },
      });
    }
  };
  // What is refused, or loses too many races, leaves nothing or is taken back.
  const quietly = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof Refusal || error instanceof RevisionConflict)) throw error;
    });
  for (const [of, opening] of openings.entries()) {
    for (const command of opening) await scheduler.waitFor(quietly(send(command, of as Side)));
  }
  for (const round of rounds) {
    const known = await eventsOfPair(store);
    await scheduler.waitFor(Promise.all(round.map((act) => quietly(perform(act, known)))));
  }
}
