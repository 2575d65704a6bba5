import { StoreUnavailable } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import type { PlanCommand } from '../domain/commands.js';
import { PLAN_ID, adopt, baseline, target, task } from '../domain/testing/plan-specification.js';
import { PlanRecorder } from './plan-recorder.js';
import type { PlanSubmission } from './plan-submission.js';

const NOW = new Date('2026-11-24T04:00:00.000Z');
const COMMISSION = {
  user: '示例经办人',
  unit: '示例州发展改革委',
  role: 'DevelopmentReform',
  region: '990100',
};

const submission = (
  name: string,
  commands: PlanCommand[],
  more: Partial<PlanSubmission> = {},
): PlanSubmission => ({
  planId: PLAN_ID,
  commands,
  effectiveDate: '2023-12-11',
  actor: COMMISSION,
  commandId: idFor('plan command', name),
  evidence: [],
  ...more,
});
const refused = (code: string) => expect.objectContaining({ code }) as Error;

/** Another writer is first, once. */
class Contended extends MemoryEventStore {
  first: (() => Promise<unknown>) | undefined;
  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const other = this.first;
    this.first = undefined;
    await other?.();
    return super.append(requests);
  }
}

it('records a whole plan in one append, and the same command once', async () => {
  const recorder = new PlanRecorder(new MemoryEventStore(), () => NOW);
  const whole = submission('whole', [adopt(), baseline('12559'), target('21863')]);
  const recorded = await recorder.record(whole);
  expect(recorded).toMatchObject({ outcome: 'recorded', revision: 2, planId: PLAN_ID });
  expect(await recorder.record(whole)).toEqual({ ...recorded, outcome: 'repeated' });
  await expect(recorder.record({ ...whole, commands: [adopt()] })).rejects.toThrow(refused('command.reused'));
  const again = await recorder.record({ ...whole, commandId: idFor('another') });
  expect(again).toMatchObject({ outcome: 'unchanged', revision: 2, events: [] });
});

it('records nothing of a submission that holds one refused command', async () => {
  const store = new MemoryEventStore();
  const recorder = new PlanRecorder(store, () => NOW);
  const bad = submission('bad', [adopt(), target('1'), target('2')]);
  await expect(recorder.record(bad)).rejects.toThrow(refused('plan.otherEntry'));
  expect((await recorder.read(PLAN_ID)).plan).toBeUndefined();
});

it('decides again on what another writer left', async () => {
  const store = new Contended();
  const recorder = new PlanRecorder(store, () => NOW);
  await recorder.record(submission('adopt', [adopt()]));
  store.first = () => recorder.record(submission('other', [baseline('12559')]));
  const recorded = await recorder.record(submission('mine', [baseline('12559'), target('21863')]));
  expect(recorded.events.map(({ type }) => type)).toEqual(['TargetSet']);
  expect((await recorder.read(PLAN_ID)).entries.size).toBe(2);
});

it('a store that is gone is told, and a rehearsal stores nothing', async () => {
  const store = new Contended();
  const recorder = new PlanRecorder(store, () => NOW);
  const { events } = await recorder.rehearse(submission('rehearsal', [adopt(), baseline('1')]));
  expect(events.map(({ type }) => type)).toEqual(['PlanAdopted', 'BaselineRecorded']);
  expect(await store.lastPosition()).toBeUndefined();
  store.first = () => Promise.reject(new StoreUnavailable('connection lost'));
  await expect(recorder.record(submission('lost', [adopt()]))).rejects.toThrow(StoreUnavailable);
});

describe('who may', () => {
  const { taskId } = task('设施布局').data as { taskId: string };
  const report: PlanCommand = {
    type: 'ReportTask',
    data: { taskId, region: '990101', state: 'done', note: '已印发' },
  };
  const county = { ...COMMISSION, region: '990101', role: 'ImplementingUnit' };

  it.each([
    ['actor.notPermitted', { actor: { ...COMMISSION, role: 'Audit' } }],
    ['actor.notPermitted', { actor: { ...COMMISSION, role: 'ImplementingUnit' } }],
    ['actor.unknownRole', { actor: { ...COMMISSION, role: 'Mayor' } }],
    ['actor.unknownRegion', { actor: { ...COMMISSION, region: '980000' } }],
    ['actor.outsideRegion', { actor: { ...COMMISSION, region: '990101' } }],
    ['plan.badId', { planId: '990100-2023' }],
    ['plan.badId', { planId: '990100-2023-2024' }],
  ])('%s', async (code, more) => {
    const recorder = new PlanRecorder(new MemoryEventStore(), () => NOW);
    await expect(recorder.record(submission('who', [adopt()], more))).rejects.toThrow(refused(code));
  });

  it('a county reports for itself and for no other', async () => {
    const recorder = new PlanRecorder(new MemoryEventStore(), () => NOW);
    await recorder.record(submission('plan', [adopt(), task('设施布局')]));
    const own = await recorder.record(submission('own', [report], { actor: county }));
    expect(own.events).toHaveLength(1);
    const other = submission('other', [report], { actor: { ...county, region: '990102' } });
    await expect(recorder.record(other)).rejects.toThrow(refused('actor.outsideRegion'));
  });
});
