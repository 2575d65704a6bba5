import type { Fen } from '#libs/kernel/money.js';
import type { FundPlanEvent, FundPlanEventData } from './events.js';

/** What an allocation holds of the document. */
export interface Draw {
  projectId: string;
  amountFen: Fen;
  /** False once released; the same allocation may then be drawn again. */
  standing: boolean;
}

export interface FundPlanState {
  plan: FundPlanEventData<'FundPlanIssued'> | undefined;
  /** By the id of the project's allocation event. */
  draws: ReadonlyMap<string, Draw>;
}

export const initialState = (): FundPlanState => ({ plan: undefined, draws: new Map() });

export function evolve(state: FundPlanState, event: FundPlanEvent): FundPlanState {
  if (event.type === 'FundPlanIssued') return { ...state, plan: event.data };
  const { allocationId, projectId, amountFen } = event.data;
  const standing = event.type === 'AllocationDrawn';
  const draw = { projectId, amountFen: BigInt(amountFen), standing };
  return { ...state, draws: new Map([...state.draws, [allocationId, draw]]) };
}

/** What a project may still draw: of its own line, or of what no line names. */
export interface Allowance {
  ofLine: boolean;
  limitFen: Fen;
  drawnFen: Fen;
}

export function allowanceOf({ plan, draws }: FundPlanState, projectId: string): Allowance {
  const line = plan?.lines.find((each) => each.projectId === projectId);
  const standing = [...draws.values()].filter((draw) => draw.standing);
  if (line) {
    const own = standing.filter((draw) => draw.projectId === projectId);
    return { ofLine: true, limitFen: BigInt(line.amountFen), drawnFen: sum(own) };
  }
  const named = new Set(plan?.lines.map((each) => each.projectId));
  const inLines = (plan?.lines ?? []).reduce((total, each) => total + BigInt(each.amountFen), 0n);
  const rest = standing.filter((draw) => !named.has(draw.projectId));
  return { ofLine: false, limitFen: BigInt(plan?.totalFen ?? '0') - inLines, drawnFen: sum(rest) };
}

function sum(draws: readonly Draw[]): Fen {
  return draws.reduce((total, { amountFen }) => total + amountFen, 0n);
}
