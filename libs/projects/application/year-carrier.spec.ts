import { StoreUnavailable } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { leftOverOf } from '../domain/left-over.js';
import { readProjectHistories, readProjectHistory } from './project-history.js';
import { ProjectRecorder } from './project-recorder.js';
import type { ProjectIntent, ProjectSubmission } from './submission.js';
import { YearCarrier, type CarryingRequest } from './year-carrier.js';

const NOW = new Date('2026-01-05T04:00:00.000Z');
const FINANCE = { user: '示例用户', unit: '示例州财政局', role: 'Finance', region: '990100' };
const COMMISSION = { ...FINANCE, unit: '示例州发展改革委', role: 'DevelopmentReform' };
const REQUEST: CarryingRequest = {
  region: '990100',
  year: 2025,
  actor: FINANCE,
  documentNumber: '示例财〔2026〕1号',
};
const MANY = 410;
const LINE = { source: 'CentralBudgetInvestment', budgetYear: 2025 } as const;
const OWN = { source: 'SelfRaised', budgetYear: 2025 } as const;

const projects = Array.from({ length: MANY }, (_, n) => ({
  projectId: idFor('carrying project', String(n)),
  name: `示例项目${n}`,
}));
let told = 0;
const tell = (projectId: string, ...commands: ProjectIntent[]): ProjectSubmission => ({
  projectId,
  commands,
  effectiveDate: '2025-06-01',
  actor: COMMISSION,
  commandId: idFor('carrying', projectId, String(told++)),
  evidence: [],
});

/** Of 100 allotted 80 were disbursed, 50 received, 20 paid; of its own 30 nothing was spent. */
function story({ projectId, name }: { projectId: string; name: string }): ProjectSubmission {
  const details = {
    name,
    category: 'ElderlyCare' as const,
    regions: ['990101'],
    place: '示例1县',
    implementingUnits: [],
    plannedCapacity: {},
  };
  const documentNumber = '示例财建〔2025〕8号';
  const lines = [
    { ...LINE, amountFen: '100' },
    { ...OWN, amountFen: '30' },
  ];
  return tell(
    projectId,
    { type: 'EnterPool', data: { projectId, details } },
    {
      type: 'Approve',
      data: { mode: 'Approval', documentNumber, authority: '示例州发展改革委', approvedTotalFen: '130' },
    },
    {
      type: 'ApproveEstimate',
      data: { documentNumber, authority: '示例州发展改革委', estimateFen: '130' },
    },
    { type: 'PlanFunding', data: { lines } },
    {
      type: 'AllocateFunds',
      data: { ...LINE, amountFen: '100', documentNumber, authority: '示例州财政局' },
    },
    { type: 'DisburseFunds', data: { ...LINE, amountFen: '80', documentNumber } },
    { type: 'ReceiveFunds', data: { ...LINE, amountFen: '50', documentNumber } },
    { type: 'StartConstruction', data: {} },
    pay(20),
    { type: 'ReceiveFunds', data: { ...OWN, amountFen: '30', documentNumber } },
  );
}
const pay = (fen: number): ProjectIntent => ({
  type: 'PayFunds',
  data: { ...LINE, amountFen: String(fen), payee: '示例公司', basisDocument: '合同', purpose: '主体工程' },
});

/** A store that does something before the call to append that is named, or is lost from then on. */
class Disturbed extends MemoryEventStore {
  before: ((call: number) => Promise<void> | void) | undefined;
  private calls = 0;
  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    await this.before?.(this.calls++);
    return super.append(requests);
  }
}

async function bench(known = projects.slice(0, 3)) {
  const store = new Disturbed();
  const recorder = new ProjectRecorder(store, () => NOW);
  const outcomes = await recorder.recordBatch(known.map(story));
  expect(outcomes.filter(({ outcome }) => outcome !== 'recorded')).toEqual([]);
  const histories = (ids: readonly string[]) =>
    readProjectHistories(
      store,
      ids.map((id) => ({ projectId: id })),
    );
  const carrier = new YearCarrier({ recorder, histories, projectsIn: async () => known, now: () => NOW });
  const left = async (year: number, { projectId } = known[0]!) =>
    leftOverOf((await readProjectHistory(store, projectId, '')).state, year).map(
      ({ source, stage, fen }) => `${source} ${stage} ${fen}`,
    );
  return { store, recorder, carrier, left, known };
}

const LEFT = [
  'CentralBudgetInvestment allocated 20',
  'CentralBudgetInvestment disbursed 30',
  'CentralBudgetInvestment received 30',
  'SelfRaised received 30',
];

it('carries what stands at each stage of the year to the same stage of the next, project by project', async () => {
  const { store, carrier, left } = await bench(projects);
  expect(await left(2025)).toEqual(LEFT);
  const seen: [number, number][] = [];
  const { carrying, position } = await carrier.carry(REQUEST, (done, total) => seen.push([done, total]));
  expect(carrying).toMatchObject({ carried: MANY, unchanged: 0, refused: [], toYear: 2026, dryRun: false });
  expect(carrying.amounts).toHaveLength(4 * MANY);
  expect(carrying.amounts.reduce((sum, { fen }) => sum + fen, 0n)).toBe(110n * BigInt(MANY));
  expect(position).toBe(await store.lastPosition());
  expect(seen).toEqual([
    [200, 410],
    [400, 410],
    [410, 410],
  ]);
  expect(await left(2025)).toEqual([]);
  expect(await left(2026)).toEqual(LEFT);
});

it('run again, by whomever and whenever, carries nothing twice; what came since is carried', async () => {
  const { store, recorder, carrier, left, known } = await bench();
  await carrier.carry(REQUEST);
  const before = await store.lastPosition();
  for (const again of [REQUEST, { ...REQUEST, actor: COMMISSION }, { ...REQUEST, documentNumber: '另号' }]) {
    const { carrying, position } = await carrier.carry(again);
    expect(carrying).toMatchObject({ carried: 0, unchanged: 3, amounts: [], refused: [] });
    expect(position).toBeUndefined();
  }
  expect(await store.lastPosition()).toBe(before);
  const paid = await readProjectHistory(store, known[0]!.projectId, '');
  const payment = [...paid.state.entries.values()].find(({ type }) => type === 'FundsPaid')!;
  await recorder.record(
    tell(known[0]!.projectId, { type: 'ReverseEntry', data: { eventId: payment.id, reason: '退回' } }),
  );
  expect((await carrier.carry(REQUEST)).carrying).toMatchObject({
    carried: 1,
    amounts: [{ ...known[0]!, stage: 'received', fen: 20n }],
  });
  expect((await left(2026))[2]).toBe('CentralBudgetInvestment received 50');
});

it('tried out, says the same and records nothing', async () => {
  const { store, carrier } = await bench();
  const before = await store.lastPosition();
  const { carrying, position } = await carrier.carry({ ...REQUEST, dryRun: true });
  expect([await store.lastPosition(), position]).toEqual([before, undefined]);
  const done = await carrier.carry(REQUEST);
  expect(carrying).toEqual({ ...done.carrying, dryRun: true });
});

it('run twice at one time, is stored once', async () => {
  const { carrier, left } = await bench();
  const runs = await Promise.all([
    carrier.carry(REQUEST),
    carrier.carry(REQUEST),
    carrier.carry({ ...REQUEST, actor: COMMISSION }),
  ]);
  expect(runs.reduce((sum, { carrying }) => sum + carrying.carried, 0)).toBe(3);
  expect(runs.flatMap(({ carrying }) => carrying.refused)).toEqual([]);
  expect(await left(2026)).toEqual(LEFT);
});

it('looks again where money was spent in between', async () => {
  const { store, recorder, carrier, left, known } = await bench();
  store.before = async () => {
    store.before = undefined;
    await recorder.record(tell(known[0]!.projectId, pay(12)));
  };
  const { carrying } = await carrier.carry(REQUEST);
  expect(carrying).toMatchObject({ carried: 3, refused: [] });
  expect(await left(2025)).toEqual([]);
  expect((await left(2026))[2]).toBe('CentralBudgetInvestment received 18');
});

it('cut short and run again, completes', async () => {
  const { store, carrier } = await bench(projects);
  store.before = (call) => {
    if (call >= 2) throw new StoreUnavailable('connection lost');
  };
  await expect(carrier.carry(REQUEST)).rejects.toBeInstanceOf(StoreUnavailable);
  store.before = undefined;
  const { carrying } = await carrier.carry(REQUEST);
  expect([carrying.carried, carrying.unchanged]).toEqual([10, 400]);
});

it.each([2025, 2026])('refuses where %i is closed, names the project and carries the rest', async (year) => {
  const { recorder, carrier, left, known } = await bench();
  await recorder.record({
    ...tell(known[1]!.projectId, { type: 'CloseBudgetYear', data: { year } }),
    effectiveDate: '2026-01-05',
    actor: FINANCE,
  });
  for (const dryRun of [true, false]) {
    const { carrying } = await carrier.carry({ ...REQUEST, dryRun });
    expect(carrying).toMatchObject({ carried: 2, refused: [{ ...known[1]!, code: 'year.closed' }] });
  }
  expect(await left(2025, known[1])).toEqual(LEFT);
});

it.each([
  ['an unknown region', { region: '999999' }, 'region.unknown'],
  ['a region that is not the actor’s', { region: '513400' }, 'actor.outsideRegion'],
  ['a role that moves no money', { actor: { ...FINANCE, role: 'LeadUnit' } }, 'actor.notPermitted'],
  ['a year that has not begun', { year: 2027 }, 'year.notBegun'],
  ['a day to come', { effectiveDate: '2026-01-06' }, 'date.future'],
  ['no document', { documentNumber: ' ' }, 'text.missing'],
])('%s is refused before any project is looked at', async (_what, more, code) => {
  const never = (): never => {
    throw new Error('nothing may be read or recorded');
  };
  const recorder = { recordBatch: never, rehearse: never };
  const carrier = new YearCarrier({ recorder, projectsIn: never, histories: never, now: () => NOW });
  await expect(carrier.carry({ ...REQUEST, ...more })).rejects.toMatchObject({ code });
});
