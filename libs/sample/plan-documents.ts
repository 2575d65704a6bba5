import type { AppendRequest, NewEvent } from '#libs/event-store/port.js';
import { encodeFundPlanEvent } from '#libs/fund-plans/domain/codec.js';
import { fundPlanDecider, type FundPlanCommand } from '#libs/fund-plans/domain/decider.js';
import { fundPlanId, fundPlanStream } from '#libs/fund-plans/domain/events.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import { officeHour } from './calendar.js';
import { SAMPLE_ACTOR } from './record-life.js';

/** Money that is allotted by 投资计划, with the number that its document has in every year. */
const SERIES: Partial<Record<FundingSource, number>> = { CentralBudgetInvestment: 8, SpecialTreasuryBond: 9 };
const REGION = '990100';
/** 100 万元: the total of a document is a whole number of them, so something is left for others. */
const ROUND_FEN = 100_000_000n;

interface Allocation {
  event: Extract<RecordedProjectEvent, { type: 'FundsAllocated' }>;
  regions: string[];
}

/** The document that allots a source in a year; undefined where the source is not allotted by one. */
export function planNumberOf(line: { source: FundingSource; budgetYear: number }): string | undefined {
  const number = SERIES[line.source];
  return number === undefined ? undefined : `示例发改投资〔${line.budgetYear}〕${number}号`;
}

/**
 * The plan documents that the allocations of these lives name, with a line a project and all that was drawn, through the
 * real decider. They span projects, so all lives are looked at first: for as many as a demo has.
 */
export function planDocuments(lives: Iterable<AppendRequest>): AppendRequest[] {
  const byNumber = new Map<string, Allocation[]>();
  for (const life of lives) {
    for (const allocation of allocationsOf(life)) {
      const { documentNumber } = allocation.event.data;
      byNumber.set(documentNumber, [...(byNumber.get(documentNumber) ?? []), allocation]);
    }
  }
  return [...byNumber].map(([number, allocations]) => documentOf(number, allocations));
}

function allocationsOf({ stream, events }: AppendRequest): Allocation[] {
  const told = events.map((event, revision) =>
    decodeProjectEvent({ ...event, stream, revision, position: String(revision) }),
  );
  const regions = told.flatMap((event) =>
    event.type === 'ProjectEnteredPool' ? event.data.details.regions : [],
  );
  return told.flatMap((event) =>
    event.type === 'FundsAllocated' && planNumberOf(event.data) !== undefined ? [{ event, regions }] : [],
  );
}

function documentOf(documentNumber: string, allocations: readonly Allocation[]): AppendRequest {
  const planId = fundPlanId(documentNumber);
  const inTime = allocations.toSorted((a, b) =>
    a.event.envelope.recordedAt < b.event.envelope.recordedAt ? -1 : 1,
  );
  const { source, budgetYear } = inTime[0]!.event.data;
  const events: NewEvent[] = [];
  let state = fundPlanDecider.initialState();
  const perform = (command: FundPlanCommand, effectiveDate: string, recordedAt: string) => {
    const commandId = idFor('sample-plan-document', planId, String(events.length));
    const envelope = {
      ...{ commandId, commandDigest: digestOf(command), actor: SAMPLE_ACTOR, effectiveDate, recordedAt },
      ...{ evidence: [{ documentNumber }], correlationId: commandId, causationId: commandId },
    };
    for (const event of fundPlanDecider.decide(command, state)) {
      state = fundPlanDecider.evolve(state, event);
      events.push(encodeFundPlanEvent(event, idFor(commandId, '0'), envelope));
    }
  };
  const issuedOn = `${budgetYear}-01-15`;
  perform(
    {
      type: 'IssueFundPlan',
      data: {
        ...{ documentNumber, source, budgetYear, region: REGION, ...amountsOf(allocations) },
        authority: '示例省示例发展改革委',
      },
      context: { effectiveDate: issuedOn, today: issuedOn },
    },
    issuedOn,
    officeHour(issuedOn, 60),
  );
  for (const { event, regions } of inTime) {
    const { id: allocationId, projectId, effectiveDate, envelope } = event;
    const { amountFen } = event.data;
    const drawing = { allocationId, projectId, regions, source, budgetYear, amountFen };
    perform({ type: 'DrawAllocation', data: drawing }, effectiveDate, envelope.recordedAt);
  }
  const command = { id: idFor('sample-plan-document', planId), digest: digestOf(events.map(({ id }) => id)) };
  return { stream: fundPlanStream(planId), expected: 'none', events, command };
}

/** A line is what the project was allotted; the total is the next round sum. */
function amountsOf(allocations: readonly Allocation[]) {
  const byProject = new Map<string, bigint>();
  for (const {
    event: { projectId, data },
  } of allocations) {
    byProject.set(projectId, (byProject.get(projectId) ?? 0n) + BigInt(data.amountFen));
  }
  const allotted = [...byProject.values()].reduce((sum, fen) => sum + fen, 0n);
  return {
    totalFen: ((allotted / ROUND_FEN + 1n) * ROUND_FEN).toString(),
    lines: [...byProject].map(([projectId, fen]) => ({ projectId, amountFen: fen.toString() })),
  };
}
