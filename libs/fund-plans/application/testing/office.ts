import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { ProjectIntent, Recorded } from '#libs/projects/application/submission.js';
import { projectStream } from '#libs/projects/domain/events.js';
import { fundPlanId, fundPlanStream } from '../../domain/events.js';
import { allowanceOf } from '../../domain/state.js';
import { DrawingRecorder } from '../drawing-recorder.js';
import { FundPlanBook } from '../fund-plan-book.js';
import { FundPlanDesk, IssueFundPlan, IssueFundPlanHandler } from '../issue-fund-plan.js';

const NOW = new Date('2026-06-01T04:00:00.000Z');
const now = () => NOW;
export const actor = {
  user: '示例用户',
  unit: '示例州发展改革委',
  role: 'DevelopmentReform',
  region: '990100',
};
export const wan = (amount: number) => (BigInt(amount) * 1_000_000n).toString();
const NUMBER = '示例发改投资〔2025〕8号';
export const PLAN = fundPlanId(NUMBER);
const central = { source: 'CentralBudgetInvestment', budgetYear: 2025 } as const;
export const project = (n: number) => idFor('drawing spec project', String(n));

/** Fails an append to streams of the named kind, `times` times, before or after it is stored. */
class FaultyStore extends MemoryEventStore {
  private fault: { prefix: string; times: number; error: () => Error } | undefined;
  private meanwhile: { prefix: string; act: () => Promise<unknown> } | undefined;

  /** Lets something else happen just before the next append to a stream of the kind. */
  before(prefix: string, act: () => Promise<unknown>): void {
    this.meanwhile = { prefix, act };
  }

  failNext(prefix: string, error: () => Error, times = 1): void {
    this.fault = { prefix, times, error };
  }

  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const { fault, meanwhile } = this;
    if (meanwhile && requests[0]!.stream.startsWith(meanwhile.prefix)) {
      this.meanwhile = undefined;
      await meanwhile.act();
    }
    if (fault && fault.times > 0 && requests[0]!.stream.startsWith(fault.prefix)) {
      fault.times -= 1;
      throw fault.error();
    }
    return super.append(requests);
  }
}

/** Three projects with 400 万元 planned each, and the recorder that draws on a document of 500 万元. */
export class Office {
  readonly store = new FaultyStore();
  readonly projects = new ProjectRecorder(this.store, now);
  readonly book = new FundPlanBook(this.store, now);
  readonly recorder = new DrawingRecorder(this.projects, this.book);

  async open(): Promise<this> {
    for (const n of [1, 2, 3]) {
      await this.record(n, `enter ${n}`, {
        type: 'EnterPool',
        data: {
          projectId: project(n),
          details: {
            name: `示例项目${n}`,
            category: 'ElderlyCare',
            regions: ['990101'],
            place: '示例1县',
            implementingUnits: [],
            plannedCapacity: {},
          },
        },
      });
      const approval = { documentNumber: '示例批1号', authority: '示例', approvedTotalFen: wan(900) };
      await this.record(n, `approve ${n}`, { type: 'Approve', data: { mode: 'Approval', ...approval } });
      const lines = [{ ...central, amountFen: wan(400) }];
      await this.record(n, `plan ${n}`, { type: 'PlanFunding', data: { lines } });
    }
    return this;
  }

  record(n: number, name: string, command: ProjectIntent): Promise<Recorded> {
    return this.recorder.record({
      projectId: project(n),
      commands: [command],
      effectiveDate: '2025-06-01',
      actor,
      commandId: idFor('drawing spec', name),
      evidence: [],
    });
  }

  issue(lines = [{ projectId: project(1), amountFen: wan(300) }], more: Partial<typeof actor> = {}) {
    const handler = new IssueFundPlanHandler(new FundPlanDesk(this.book, this.store, now));
    const data = {
      documentNumber: NUMBER,
      authority: '示例州发展改革委',
      region: '990100',
      totalFen: wan(500),
    };
    return handler.execute(
      new IssueFundPlan({
        data: { ...data, ...central, lines },
        effectiveDate: '2025-05-20',
        actor: { ...actor, ...more },
        commandId: idFor('drawing spec', 'issue'),
        evidence: [],
      }),
    );
  }

  allocate(n: number, name: string, amount: number, documentNumber = NUMBER): Promise<Recorded> {
    const data = { ...central, amountFen: wan(amount), documentNumber, authority: '示例州财政局' };
    return this.record(n, name, { type: 'AllocateFunds', data });
  }

  reverse(n: number, name: string, eventId: string): Promise<Recorded> {
    return this.record(n, name, { type: 'ReverseEntry', data: { eventId, reason: '登记有误' } });
  }

  async drawn(n: number): Promise<string> {
    const { state } = await this.book.read(PLAN);
    return allowanceOf(state, project(n)).drawnFen.toString();
  }

  async typesIn(stream: string): Promise<string[]> {
    const types: string[] = [];
    for await (const { type } of this.store.readStream(stream)) types.push(type);
    return types;
  }

  planTypes = () => this.typesIn(fundPlanStream(PLAN));
  projectTypes = (n: number) => this.typesIn(projectStream(project(n)));
}
