import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { OutcomeUnknown, StoreUnavailable } from '#libs/event-store/errors.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { projectStream } from '../domain/events.js';
import { ProjectRecorder } from './project-recorder.js';
import type { ProjectIntent, ProjectSubmission } from './submission.js';

const NOW = new Date('2026-06-01T04:00:00.000Z');
const COMMISSION = {
  user: '示例用户',
  unit: '示例州发展改革委',
  role: 'DevelopmentReform',
  region: '990100',
};
const projectId = idFor('project', '示例颐养院');

const enterPool: ProjectIntent = {
  type: 'EnterPool',
  data: {
    projectId,
    details: {
      name: '示例颐养院',
      category: 'ElderlyCare',
      regions: ['990101'],
      place: '示例1县',
      implementingUnits: ['示例1县民政局'],
      totalInvestmentFen: '100000000',
      plannedCapacity: { beds: { low: 100, high: 100 } },
    },
  },
};
const plan = (yuan: string): ProjectIntent => ({
  type: 'PlanFunding',
  data: { lines: [{ source: 'SelfRaised', amountFen: `${yuan}00` }] },
});
const listed = (year: number): ProjectIntent => ({
  type: 'ListForYear',
  data: { year, listTitle: '示例清单' },
});

function submission(commands: ProjectIntent[], more: Partial<ProjectSubmission> = {}): ProjectSubmission {
  return {
    projectId,
    commands,
    effectiveDate: '2026-05',
    actor: COMMISSION,
    commandId: idFor(JSON.stringify(commands)),
    evidence: [{ documentNumber: '示例发改〔2026〕1号' }],
    ...more,
  };
}

async function storedIn(store: MemoryEventStore, id = projectId) {
  const events = [];
  for await (const event of store.readStream(projectStream(id))) events.push(event);
  return events;
}

const recorderOn = (store: MemoryEventStore) => new ProjectRecorder(store, () => NOW);

describe('recording a fact', () => {
  test('every event says who, when in both senses, on what evidence and because of what', async () => {
    const store = new MemoryEventStore();
    const sent = submission([enterPool, plan('1000000')]);
    const recorded = await recorderOn(store).record(sent);
    const [entered, planned] = await storedIn(store);
    expect(recorded).toMatchObject({ outcome: 'recorded', revision: 1, position: planned!.position });
    expect(recorded.events.map((e) => e.type)).toEqual(['ProjectEnteredPool', 'FundingPlanned']);
    expect(entered!.metadata).toMatchObject({
      commandId: sent.commandId,
      actor: COMMISSION,
      effectiveDate: '2026-05',
      recordedAt: NOW.toISOString(),
      evidence: [{ documentNumber: '示例发改〔2026〕1号' }],
      correlationId: sent.commandId,
      causationId: sent.commandId,
      schemaVersion: 1,
    });
  });

  test('the same command id with the same content is answered again and stored once', async () => {
    const store = new MemoryEventStore();
    const first = await recorderOn(store).record(submission([enterPool]));
    await recorderOn(store).record(submission([listed(2026)]));
    const again = await recorderOn(store).record(submission([enterPool]));
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await storedIn(store)).toHaveLength(2);
  });

  test.each([
    ['other content', submission([listed(2027)], { commandId: idFor('once') })],
    ['another project', submission([enterPool], { commandId: idFor('once'), projectId: idFor('another') })],
  ])('the same command id with %s is refused and nothing is stored', async (_what, second) => {
    const store = new MemoryEventStore();
    await recorderOn(store).record(submission([enterPool], { commandId: idFor('once') }));
    await expect(recorderOn(store).record(second)).rejects.toMatchObject({ code: 'command.reused' });
    expect(await storedIn(store)).toHaveLength(1);
    expect(await storedIn(store, idFor('another'))).toHaveLength(0);
  });

  test('one refused command of a submission leaves all of it unstored', async () => {
    const store = new MemoryEventStore();
    const bad: ProjectIntent = { type: 'Commission', data: { capacity: { beds: 10 } } };
    await expect(recorderOn(store).record(submission([enterPool, bad]))).rejects.toMatchObject({
      name: 'Refusal',
    });
    expect(await storedIn(store)).toHaveLength(0);
  });

  test('a future business date is measured by the day in China', async () => {
    const store = new MemoryEventStore();
    const lateEvening = new ProjectRecorder(store, () => new Date('2026-05-31T16:30:00.000Z'));
    const sent = submission([enterPool], { effectiveDate: '2026-06-01' });
    await expect(lateEvening.record(sent)).resolves.toMatchObject({ outcome: 'recorded' });
  });
});

describe('two writers on one project', () => {
  test('both facts are recorded, the later decided on what the earlier left', async () => {
    const store = new MemoryEventStore();
    await recorderOn(store).record(submission([enterPool]));
    const outcomes = await Promise.all(
      [2026, 2027, 2028, 2029].map((year) => recorderOn(store).record(submission([listed(year)]))),
    );
    expect(outcomes.map((o) => o.outcome)).toEqual(Array(4).fill('recorded'));
    expect((await storedIn(store)).map((e) => e.revision)).toEqual([0, 1, 2, 3, 4]);
  });

  test('a writer who names the revision it saw is told instead', async () => {
    const store = new MemoryEventStore();
    await recorderOn(store).record(submission([enterPool]));
    await recorderOn(store).record(submission([listed(2026)], { expectedRevision: 0 }));
    await expect(
      recorderOn(store).record(submission([listed(2027)], { expectedRevision: 0 })),
    ).rejects.toMatchObject({ name: 'RevisionConflict', expected: 0, actual: 1 });
    expect(await storedIn(store)).toHaveLength(2);
  });
});

/** A store whose answer is lost after the write, as when a cable is pulled. */
class AnswerLost extends MemoryEventStore {
  lost = 0;
  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const results = await super.append(requests);
    if (this.lost++ === 0) throw new OutcomeUnknown('connection lost');
    return results;
  }
}

test('a write of unknown outcome is repeated under its own id and stored once', async () => {
  const store = new AnswerLost();
  const recorded = await recorderOn(store).record(submission([enterPool]));
  expect(recorded).toMatchObject({ outcome: 'repeated', revision: 0 });
  expect(await storedIn(store)).toHaveLength(1);
});

/** A store that is gone for good after a write whose answer was lost. */
class GoneAfterTheWrite extends AnswerLost {
  override readStream(
    ...request: Parameters<MemoryEventStore['readStream']>
  ): ReturnType<MemoryEventStore['readStream']> {
    if (this.lost > 0) throw new StoreUnavailable('connection refused');
    return super.readStream(...request);
  }
}

test('a store that is gone after a write of unknown outcome leaves the outcome unknown, not “nothing stored”', async () => {
  const recording = recorderOn(new GoneAfterTheWrite()).record(submission([enterPool]));
  await expect(recording).rejects.toBeInstanceOf(OutcomeUnknown);
});

describe('who may record what', () => {
  test.each([
    ['an auditor', { role: 'Audit' }, 'actor.notPermitted'],
    ['an unknown role', { role: 'Mayor' }, 'actor.unknownRole'],
    ['a name every object has', { role: 'constructor' }, 'actor.unknownRole'],
    ['another county', { region: '990102' }, 'actor.outsideRegion'],
    ['an unknown region', { region: '999999' }, 'actor.unknownRegion'],
  ])('%s is refused and nothing is stored', async (_who, actor, code) => {
    const store = new MemoryEventStore();
    const sent = submission([enterPool], { actor: { ...COMMISSION, ...actor } });
    await expect(recorderOn(store).record(sent)).rejects.toMatchObject({ code });
    expect(await storedIn(store)).toHaveLength(0);
  });

  test('a budget year is closed by finance alone, on a single project too', async () => {
    const store = new MemoryEventStore();
    await recorderOn(store).record(submission([enterPool]));
    const close: ProjectIntent = { type: 'CloseBudgetYear', data: { year: 2025 } };
    const told = { effectiveDate: '2026-01-05' };
    await expect(recorderOn(store).record(submission([close], told))).rejects.toMatchObject({
      code: 'actor.notPermitted',
      message: '发展改革委无权办理此事项，应由财政办理',
    });
    const finance = { ...COMMISSION, unit: '示例州财政局', role: 'Finance' };
    await recorderOn(store).record(submission([close], { ...told, actor: finance }));
    expect((await storedIn(store)).map(({ type }) => type)).toEqual([
      'ProjectEnteredPool',
      'BudgetYearClosed',
    ]);
  });

  test('a project cannot be moved into a region that the actor does not keep', async () => {
    const store = new MemoryEventStore();
    await recorderOn(store).record(submission([enterPool]));
    const county = { ...COMMISSION, region: '990101' };
    const moved = { ...(enterPool.data as { details: object }).details, regions: ['990102'] };
    const revise = { type: 'ReviseDetails', data: { details: moved } } as ProjectIntent;
    await expect(recorderOn(store).record(submission([revise], { actor: county }))).rejects.toMatchObject({
      code: 'actor.outsideRegion',
    });
  });
});

describe('recording many', () => {
  const forProject = (n: number, more: ProjectIntent[] = []) => {
    const id = idFor('batch', String(n));
    const enter = { ...enterPool, data: { ...enterPool.data, projectId: id } } as ProjectIntent;
    return submission([enter, ...more], { projectId: id, commandId: idFor('batch command', String(n)) });
  };

  test('one outcome each, in order; a refused one leaves the others untouched', async () => {
    const store = new MemoryEventStore();
    const bad: ProjectIntent = { type: 'Commission', data: { capacity: { beds: 10 } } };
    const outcomes = await recorderOn(store).recordBatch([
      forProject(1),
      forProject(2, [bad]),
      forProject(3),
    ]);
    expect(outcomes.map((o) => o.outcome)).toEqual(['recorded', 'refused', 'recorded']);
    expect(await storedIn(store, idFor('batch', '2'))).toHaveLength(0);
  });

  test('the same batch again stores nothing', async () => {
    const store = new MemoryEventStore();
    const batch = [forProject(1), forProject(2)];
    const first = await recorderOn(store).recordBatch(batch);
    const again = await recorderOn(store).recordBatch(batch);
    expect(again).toEqual(first.map((o) => ({ ...o, outcome: 'repeated' })));
  });

  test('two submissions for one project are recorded one after the other', async () => {
    const store = new MemoryEventStore();
    const id = idFor('batch', '1');
    const second = submission([listed(2026)], { projectId: id });
    const outcomes = await recorderOn(store).recordBatch([forProject(1), second]);
    expect(outcomes).toMatchObject([{ revision: 0 }, { outcome: 'recorded', revision: 1 }]);
  });
});
