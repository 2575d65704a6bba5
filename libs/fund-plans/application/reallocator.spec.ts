import { RevisionConflict, StoreUnavailable } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import { readProjectHistory } from '#libs/projects/application/project-history.js';
import type { ProjectIntent } from '#libs/projects/application/submission.js';
import { fundPlanId } from '../domain/events.js';
import { allowanceOf } from '../domain/state.js';
import { DrawingRecorder } from './drawing-recorder.js';
import { FundPlanBook } from './fund-plan-book.js';
import { PairedRecorder } from './paired-recorder.js';
import { Reallocator } from './reallocator.js';
import { inEventId, outEventId } from './reallocation.js';

const now = () => new Date('2026-06-01T04:00:00.000Z');
const actor = { user: '示例用户', unit: '示例州发展改革委', role: 'DevelopmentReform', region: '990100' };
const wan = (amount: number) => (BigInt(amount) * 1_000_000n).toString();
const NUMBER = '示例发改投资〔2025〕8号';
const central = { source: 'CentralBudgetInvestment', budgetYear: 2025 } as const;
const A = idFor('reallocator spec', 'a');
const B = idFor('reallocator spec', 'b');

class HookedStore extends MemoryEventStore {
  /** Called before each append; what it throws is thrown. */
  hook: (stream: string) => Promise<void> = async () => undefined;

  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    await this.hook(requests[0]!.stream);
    return super.append(requests);
  }
}

class Office {
  readonly store = new HookedStore();
  readonly projects = new ProjectRecorder(this.store, now);
  readonly book = new FundPlanBook(this.store, now);
  readonly reallocator = new Reallocator(this.projects, this.book, this.store);
  readonly recorder = new PairedRecorder(new DrawingRecorder(this.projects, this.book), this.reallocator);

  record(projectId: string, name: string, command: ProjectIntent, by = actor) {
    const commandId = idFor('reallocator spec command', name);
    return this.recorder.record({
      ...{ projectId, commands: [command], effectiveDate: '2025-06-01', actor: by, commandId, evidence: [] },
    });
  }

  closeYear(projectId: string) {
    const finance = { ...actor, unit: '示例州财政局', role: 'Finance' };
    return this.record(projectId, 'close', { type: 'CloseBudgetYear', data: { year: 2025 } }, finance);
  }

  plan(projectId: string, amount: number, name: string) {
    const lines = [{ ...central, amountFen: wan(amount) }];
    return this.record(projectId, name, { type: 'PlanFunding', data: { lines, reason: '示例' } });
  }

  async open(): Promise<this> {
    for (const projectId of [A, B]) {
      const details = {
        ...{ name: '示例项目', category: 'ElderlyCare' as const, regions: ['990101'], place: '示例1县' },
        ...{ implementingUnits: [], plannedCapacity: {} },
      };
      await this.record(projectId, `enter ${projectId}`, { type: 'EnterPool', data: { projectId, details } });
      const papers = { documentNumber: '示例批1号', authority: '示例', approvedTotalFen: wan(900) };
      await this.record(projectId, `approve ${projectId}`, {
        type: 'Approve',
        data: { mode: 'Approval', ...papers },
      });
      await this.plan(projectId, 400, `plan ${projectId}`);
    }
    const issued = {
      ...{ documentNumber: NUMBER, authority: '示例', region: '990100', ...central },
      ...{ totalFen: wan(500), lines: [{ projectId: A, amountFen: wan(300) }] },
    };
    await this.book.perform(
      fundPlanId(NUMBER),
      { type: 'IssueFundPlan', data: issued, context: { effectiveDate: '2025-05-20', today: '2026-06-01' } },
      { actor, effectiveDate: '2025-05-20', evidence: [], correlationId: A, causationId: A },
      () => idFor('issue'),
    );
    const data = { ...central, amountFen: wan(300), documentNumber: NUMBER, authority: '示例' };
    await this.record(A, 'allocate', { type: 'AllocateFunds', data });
    return this;
  }

  id = (name: string) => idFor('reallocation', name);

  move(name: string, amount: number, more: object = {}) {
    return this.reallocator.reallocate({
      ...{ fromProjectId: A, toProjectId: B, effectiveDate: '2025-06-01', actor, evidence: [] },
      commandId: this.id(name),
      data: {
        ...{ ...central, amountFen: wan(amount), stage: 'allocated', documentNumber: '示例调〔2025〕1号' },
        ...{ reason: '示例', planDocumentNumber: NUMBER, ...more },
      },
    });
  }

  /** 万元 that stand allotted to each project, and what each holds of the document. */
  async stands(): Promise<number[]> {
    const state = (await this.book.read(fundPlanId(NUMBER))).state;
    const stand = async (id: string) => {
      const { money } = (await readProjectHistory(this.store, id, '')).state;
      return [money.balances(central).allocated, allowanceOf(state, id).drawnFen];
    };
    return [...(await stand(A)), ...(await stand(B))].map((fen) => Number(fen / 1_000_000n));
  }
}

let office: Office;
beforeEach(async () => {
  office = await new Office().open();
});

it('moves money and draw together, once, however often it is sent', async () => {
  expect(await office.move('m', 100)).toMatchObject({ outcome: 'recorded' });
  expect(await office.move('m', 100)).toMatchObject({ outcome: 'repeated' });
  expect(await office.stands()).toEqual([200, 200, 100, 100]);
  await expect(office.move('m', 99)).rejects.toMatchObject({ code: 'command.reused' });
});

it.each([
  ['funds.reallocatedOverBalance', 301, {}],
  ['funds.reallocatedOverBalance', 1, { stage: 'received' }],
  ['fundPlan.notFound', 1, { planDocumentNumber: '示例无此文' }],
  ['year.notClosed', 1, { priorYear: true }],
])('is refused with nothing stored: %s', async (code, amount, more) => {
  const before = await office.store.lastPosition();
  await expect(office.move('m', amount, more)).rejects.toMatchObject({ code });
  expect(await office.store.lastPosition()).toBe(before);
});

it('asks the other project’s plan, too, before anything is stored', async () => {
  await office.plan(B, 50, 'less');
  const before = await office.store.lastPosition();
  await expect(office.move('m', 100)).rejects.toMatchObject({
    code: 'funds.reallocatedOverPlanned',
    details: { limitFen: wan(50), excessFen: wan(50) },
  });
  expect(await office.store.lastPosition()).toBe(before);
});

it.each([1, 2, 3])('cut short before its write number %i, is completed by the same command', async (nth) => {
  let writes = 0;
  office.store.hook = async () => {
    if ((writes += 1) === nth) throw new StoreUnavailable('pulled');
  };
  await expect(office.move('m', 100)).rejects.toThrow(StoreUnavailable);
  expect(await office.move('m', 100)).toMatchObject({ outcome: 'recorded' });
  expect(await office.stands()).toEqual([200, 200, 100, 100]);
});

it('takes the first half back where the other project’s plan shrank in between', async () => {
  let done = false;
  office.store.hook = async (stream) => {
    if (done || !stream.endsWith(B)) return;
    done = true;
    await office.plan(B, 50, 'less');
  };
  await expect(office.move('m', 100)).rejects.toMatchObject({ code: 'funds.reallocatedOverPlanned' });
  expect(await office.stands()).toEqual([300, 300, 0, 0]);
  await office.plan(B, 400, 'more');
  await expect(office.move('m', 100)).rejects.toMatchObject({ code: 'reallocation.undone' });
  expect(await office.move('again', 100)).toMatchObject({ outcome: 'recorded' });
  expect(await office.stands()).toEqual([200, 200, 100, 100]);
});

it('sent twice at once is whole for both, whoever loses a race', async () => {
  let done = false;
  office.store.hook = async (stream) => {
    if (done || !stream.endsWith(B)) return;
    done = true;
    expect(await office.move('m', 100)).toMatchObject({ outcome: 'recorded' });
    throw new RevisionConflict('project', 2, 3);
  };
  expect(await office.move('m', 100)).toMatchObject({ out: { outcome: 'recorded' } });
  expect(await office.stands()).toEqual([200, 200, 100, 100]);
});

it.each([
  ['the half that gave', A, outEventId],
  ['the half that took', B, inEventId],
])('is reversed as a pair by reversing %s', async (_, projectId, eventIdOf) => {
  await office.move('m', 100);
  const reverse = () =>
    office.record(projectId, 'reverse', {
      type: 'ReverseEntry',
      data: { eventId: eventIdOf(office.id('m')), reason: '误录' },
    });
  let broken = false;
  office.store.hook = async (stream) => {
    if (broken || !stream.endsWith(A)) return;
    broken = true;
    throw new StoreUnavailable('pulled');
  };
  await expect(reverse()).rejects.toThrow(StoreUnavailable);
  await reverse();
  expect(await office.stands()).toEqual([300, 300, 0, 0]);
});

const reverseHalf = (projectId: string, eventId: string, name = 'reverse', more: object = {}) =>
  office.record(projectId, name, {
    type: 'ReverseEntry',
    data: { eventId, reason: '误录', ...more },
  });
const halves = [
  ['the half that gave', A, outEventId],
  ['the half that took', B, inEventId],
] as const;

describe.each(halves)('asked to reverse %s, nothing is stored', (_, projectId, eventIdOf) => {
  const refused = async (code: string) => {
    const before = await office.store.lastPosition();
    await expect(reverseHalf(projectId, eventIdOf(office.id('m')))).rejects.toMatchObject({ code });
    expect(await office.store.lastPosition()).toBe(before);
    expect(await office.stands()).toEqual([200, 200, 100, 100]);
  };

  it('where the one that took it has passed it on', async () => {
    await office.move('m', 100);
    const data = { ...central, amountFen: wan(60), documentNumber: '示例拨1号' };
    await office.record(B, 'disburse', { type: 'DisburseFunds', data });
    const before = await office.store.lastPosition();
    await expect(reverseHalf(projectId, eventIdOf(office.id('m')))).rejects.toMatchObject({
      code: 'reversal.moneyMovedOn',
    });
    expect(await office.store.lastPosition()).toBe(before);
  });

  it('where the one that gave it has no room for it any more', async () => {
    await office.move('m', 100);
    await office.plan(A, 250, 'less');
    await refused('reversal.planUsed');
  });

  it('where a year is closed in one of them and the correction is not marked', async () => {
    await office.move('m', 100);
    await office.closeYear(A);
    await refused('year.closed');
  });

  it('but marked it is reversed in both, the mark where the year is closed', async () => {
    await office.move('m', 100);
    await office.closeYear(A);
    await reverseHalf(projectId, eventIdOf(office.id('m')), 'reverse', { priorYear: true });
    expect(await office.stands()).toEqual([300, 300, 0, 0]);
  });
});

it('left half reversed by a lost race, is completed by the same reversal once the giver has room', async () => {
  await office.move('m', 100);
  let done = false;
  office.store.hook = async (stream) => {
    if (done || !stream.endsWith(A)) return;
    done = true;
    await office.plan(A, 250, 'less');
  };
  await expect(reverseHalf(B, inEventId(office.id('m')))).rejects.toMatchObject({
    code: 'reversal.planUsed',
  });
  expect(await office.stands()).toEqual([200, 200, 0, 100]);
  await office.plan(A, 400, 'more');
  await reverseHalf(B, inEventId(office.id('m')));
  expect(await office.stands()).toEqual([300, 300, 0, 0]);
});
