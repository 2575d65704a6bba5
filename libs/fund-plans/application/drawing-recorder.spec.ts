import { RevisionConflict, StoreUnavailable } from '#libs/event-store/errors.js';
import { idFor } from '#libs/kernel/ids.js';
import { actor, Office, PLAN, project, wan } from './testing/office.js';

let office: Office;
beforeEach(async () => {
  office = await new Office().open();
});

describe('an allocation that names a recorded plan document', () => {
  it('holds its amount there, caused by the same command', async () => {
    await office.issue();
    const { events } = await office.allocate(1, 'a', 200, '示例发改投资[2025]8号');
    const { state, events: history } = await office.book.read(PLAN);
    expect([...state.draws]).toEqual([
      [events[0]!.id, { projectId: project(1), amountFen: 200_000_000n, standing: true }],
    ]);
    expect(history.at(-1)!.envelope).toMatchObject({ causationId: idFor('drawing spec', 'a'), actor });
  });

  it('is refused above the document, and nothing is stored anywhere', async () => {
    await office.issue();
    await expect(office.allocate(1, 'a', 301)).rejects.toMatchObject({
      code: 'fundPlan.drawnOverLine',
      details: { excessFen: wan(1) },
    });
    expect(await office.planTypes()).toEqual(['FundPlanIssued']);
    expect(await office.projectTypes(1)).toHaveLength(3);
  });

  it('leaves the document alone where the project refuses', async () => {
    await office.issue([{ projectId: project(1), amountFen: wan(500) }]);
    await expect(office.allocate(1, 'a', 401)).rejects.toMatchObject({ code: 'funds.allocatedOverPlanned' });
    expect(await office.planTypes()).toEqual(['FundPlanIssued']);
  });

  it('is stored once with its draw, however often it is sent', async () => {
    await office.issue();
    await office.allocate(1, 'a', 200);
    expect(await office.allocate(1, 'a', 200)).toMatchObject({ outcome: 'repeated' });
    expect(await office.planTypes()).toEqual(['FundPlanIssued', 'AllocationDrawn']);
  });

  it('gives the amount back when it is reversed', async () => {
    await office.issue();
    const { events } = await office.allocate(1, 'a', 300);
    const { position } = await office.reverse(1, 'r', events[0]!.id);
    expect(await office.drawn(1)).toBe('0');
    // Whoever waits for this position sees the document as it is after the release.
    expect(position).toBe((await office.book.read(PLAN)).events.at(-1)!.position);
    expect(await office.allocate(1, 'b', 300)).toMatchObject({ outcome: 'recorded' });
  });

  it('draws on nothing where no document of that number is recorded', async () => {
    const { events } = await office.allocate(1, 'a', 300);
    expect(await office.planTypes()).toEqual([]);
    expect(await office.reverse(1, 'r', events[0]!.id)).toMatchObject({ outcome: 'recorded' });
  });
});

describe('many projects on one document', () => {
  it('never draw more than it has, all at once', async () => {
    await office.issue([]);
    const asked = Array.from({ length: 30 }, (_, n) => office.allocate(1 + (n % 3), `a${n}`, 40));
    const outcomes = await Promise.allSettled(asked);
    const kept = outcomes.filter(({ status }) => status === 'fulfilled');
    // 12 × 40 万元 is the last sum within 500; every project could take 400 by its own plan.
    expect(kept).toHaveLength(12);
    expect(await office.drawn(1)).toBe(wan(480));
    const allocations = (await Promise.all([1, 2, 3].map(office.projectTypes))).flat();
    expect(allocations.filter((type) => type === 'FundsAllocated')).toHaveLength(12);
  });
});

describe('a fault between document and project', () => {
  const down = () => new StoreUnavailable('pulled');

  it('leaves a draw that the same command finds and completes', async () => {
    await office.issue();
    office.store.failNext('project-', down);
    await expect(office.allocate(1, 'a', 300)).rejects.toThrow(StoreUnavailable);
    expect(await office.planTypes()).toEqual(['FundPlanIssued', 'AllocationDrawn']);
    expect(await office.projectTypes(1)).not.toContain('FundsAllocated');
    expect(await office.allocate(1, 'a', 300)).toMatchObject({ outcome: 'recorded' });
    expect(await office.planTypes()).toEqual(['FundPlanIssued', 'AllocationDrawn']);
    expect(await office.drawn(1)).toBe(wan(300));
  });

  it('releases the draw where another writer took the project’s plan in between', async () => {
    await office.issue();
    const lostRace = () => new RevisionConflict('project', 3, 4);
    office.store.failNext('project-', lostRace);
    await expect(office.allocate(1, 'a', 300)).rejects.toThrow(RevisionConflict);
    expect(await office.planTypes()).toEqual(['FundPlanIssued', 'AllocationDrawn', 'DrawReleased']);
    expect(await office.projectTypes(1)).toContain('EntryDeclined');
    await expect(office.allocate(1, 'a', 300)).rejects.toMatchObject({ code: 'entry.declined' });
    expect(await office.allocate(1, 'another try', 300)).toMatchObject({ outcome: 'recorded' });
    expect(await office.drawn(1)).toBe(wan(300));
  });

  it('keeps the draw where the same command, sent twice at once, was recorded by the other sender', async () => {
    await office.issue();
    // The first sender has drawn and is about to write; the second gets through, and the first loses its race.
    office.store.before('project-', async () => {
      expect(await office.allocate(1, 'a', 300)).toMatchObject({ outcome: 'recorded' });
      office.store.failNext('project-', () => new RevisionConflict('project', 3, 4));
    });
    expect(await office.allocate(1, 'a', 300)).toMatchObject({ outcome: 'repeated' });
    expect(await office.planTypes()).toEqual(['FundPlanIssued', 'AllocationDrawn']);
    expect(await office.drawn(1)).toBe(wan(300));
  });

  it('lets nobody record an allocation whose draw is about to be released', async () => {
    await office.issue();
    office.store.failNext('project-', () => new RevisionConflict('project', 3, 4));
    let second: Promise<unknown> = Promise.resolve();
    // The first sender has given up and is about to release; the second still finds the draw standing.
    const release = office.book.perform.bind(office.book);
    office.book.perform = async (...asked) => {
      if (asked[1].type === 'ReleaseDraw') {
        office.book.perform = release;
        second = office.allocate(1, 'a', 300);
        await second.catch(() => undefined);
      }
      return release(...asked);
    };
    await expect(office.allocate(1, 'a', 300)).rejects.toThrow(RevisionConflict);
    await expect(second).rejects.toMatchObject({ code: 'entry.declined' });
    expect(await office.projectTypes(1)).not.toContain('FundsAllocated');
    expect(await office.drawn(1)).toBe('0');
  });

  it('lets a repeated reversal release what the first try could not', async () => {
    await office.issue();
    const { events } = await office.allocate(1, 'a', 300);
    office.store.failNext('fund-plan-', down);
    await expect(office.reverse(1, 'r', events[0]!.id)).rejects.toThrow(StoreUnavailable);
    expect(await office.drawn(1)).toBe(wan(300));
    expect(await office.reverse(1, 'r', events[0]!.id)).toMatchObject({ outcome: 'repeated' });
    expect(await office.drawn(1)).toBe('0');
  });
});
