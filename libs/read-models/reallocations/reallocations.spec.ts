import fc from 'fast-check';
import type { ProjectEventData } from '#libs/projects/domain/events.js';
import { ledgerProjection } from '../ledger/projection.js';
import { historyWith, randomHistory, randomMoment, standing } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { eventId, recorded, type Happening } from '../testing/recorded.js';
import { timelineProjection } from '../timeline/projection.js';
import { ReallocationsQuery, type Reallocation, type ReallocationState } from './queries.js';
import { ReallocationsHandler } from './reallocations.handler.js';

let database: ReadModelDatabase;
let handler: ReallocationsHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection, timelineProjection);
  handler = new ReallocationsHandler(database.dataSource);
});
afterAll(() => database.close());

async function all(filter: object): Promise<Reallocation[]> {
  const items: Reallocation[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await handler.execute(
      new ReallocationsQuery({ ...filter, ...(cursor && { cursor }), limit: 2 }),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

type Half = Happening & { event: { data: ProjectEventData<'FundsReallocatedOut'> } };
const isHalf = (happening: Happening): happening is Half =>
  happening.event.type.startsWith('FundsReallocated');

/** Each pair by its id, by the plain reading: who gives, who takes, how much, and which halves stand. */
function pairsIn(happenings: readonly Happening[], kept: ReadonlySet<Happening>): string[] {
  const sides = new Map<string, { from: string; to: string; fen: string; halves: number; stand: number }>();
  for (const happening of happenings.filter(isHalf)) {
    const { reallocationId, counterpartId, amountFen } = happening.event.data;
    const gave = happening.event.type === 'FundsReallocatedOut';
    const [from, to] = gave ? [happening.projectId, counterpartId] : [counterpartId, happening.projectId];
    const before = sides.get(reallocationId) ?? { from, to, fen: amountFen, halves: 0, stand: 0 };
    sides.set(reallocationId, {
      ...before,
      halves: before.halves + 1,
      stand: before.stand + (kept.has(happening) ? 1 : 0),
    });
  }
  const stateOf = (stand: number): ReallocationState =>
    stand === 2 ? 'complete' : stand ? 'half' : 'reversed';
  return [...sides].map(([id, { from, to, fen, stand }]) => [id, from, to, fen, stateOf(stand)].join(' '));
}
const told = ({ id, from, to, amount, state }: Reallocation): string =>
  [id, from.project.id, to.project.id, amount.fen, state.key].join(' ');

/** Halves enough that a moment parts a pair, or a reversal takes one back, in some. */
const reallocating = historyWith(4, 'FundsReallocatedOut', 'FundsReallocatedIn');

it('are paired whatever was recorded, and say which of them are half, at any moment', async () => {
  let halves = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(randomHistory, reallocating), randomMoment, async (history, moment) => {
      await database.startAnew();
      await database.apply(recorded(history), 7);
      const unreversed = history.filter(({ event }) => event.type !== 'EntryReversed');
      const known = new Set(standing(unreversed, (n) => eventId(history.indexOf(unreversed[n]!)), moment));
      const pairs = pairsIn(
        history.filter((one) => known.has(one)),
        new Set(standing(history, eventId, moment)),
      );
      halves += pairs.filter((pair) => pair.endsWith('half')).length;
      expect((await all(moment)).map(told).toSorted()).toEqual(pairs.toSorted());
      expect((await all({ ...moment, state: 'half' })).map(told).toSorted()).toEqual(
        pairs.filter((pair) => pair.endsWith('half')).toSorted(),
      );
    }),
    { numRuns: 100 },
  );
  expect(halves).toBeGreaterThan(0);
});
