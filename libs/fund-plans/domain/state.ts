import type { Fen } from '#libs/kernel/money.js';
import type { FundPlanEvent, FundPlanEventData } from './events.js';

/** What an allocation holds of the document. */
export interface Draw {
  projectId: string;
  amountFen: Fen;
  /** False once released; the same allocation may then be drawn again. */
  standing: boolean;
}

/** Drawn money that went from one project to another. */
export interface Move {
  fromProjectId: string;
  toProjectId: string;
  amountFen: Fen;
  standing: boolean;
}

export interface FundPlanState {
  /** As issued, with total and lines as they are now. */
  plan: FundPlanEventData<'FundPlanIssued'> | undefined;
  /** By the id of the project's allocation event. */
  draws: ReadonlyMap<string, Draw>;
  /** By the id of the reallocation. */
  moves: ReadonlyMap<string, Move>;
}

export const initialState = (): FundPlanState => ({ plan: undefined, draws: new Map(), moves: new Map() });

export function evolve(state: FundPlanState, event: FundPlanEvent): FundPlanState {
  switch (event.type) {
    case 'FundPlanIssued':
      return { ...state, plan: event.data };
    case 'FundPlanAdjusted': {
      const { totalFen, lines } = event.data;
      return { ...state, plan: { ...state.plan!, totalFen, lines } };
    }
    case 'DrawReallocated':
    case 'DrawReallocationReleased':
      return moved(state, event);
    case 'AllocationDrawn':
    case 'DrawReleased': {
      const { allocationId, projectId, amountFen } = event.data;
      const standing = event.type === 'AllocationDrawn';
      const draw = { projectId, amountFen: BigInt(amountFen), standing };
      return { ...state, draws: new Map([...state.draws, [allocationId, draw]]) };
    }
  }
}

function moved(
  { plan, draws, moves }: FundPlanState,
  { type, data }: Extract<FundPlanEvent, { type: 'DrawReallocated' | 'DrawReallocationReleased' }>,
): FundPlanState {
  const { reallocationId, fromProjectId, toProjectId } = data;
  const amountFen = BigInt(data.amountFen);
  const standing = type === 'DrawReallocated';
  const grows = standing ? toProjectId : fromProjectId;
  const shrinks = standing ? fromProjectId : toProjectId;
  // A project whose line came or went since is left as it is: only what has a line changes.
  const lines = plan!.lines.map((line) => {
    if (line.projectId !== grows && line.projectId !== shrinks) return line;
    const change = line.projectId === grows ? amountFen : -amountFen;
    return { ...line, amountFen: (BigInt(line.amountFen) + change).toString() };
  });
  const move = { fromProjectId, toProjectId, amountFen, standing };
  return { plan: { ...plan!, lines }, draws, moves: new Map([...moves, [reallocationId, move]]) };
}

/** What a project may still draw: of its own line, or of what no line names. */
export interface Allowance {
  ofLine: boolean;
  limitFen: Fen;
  drawnFen: Fen;
}

export function allowanceOf(state: FundPlanState, projectId: string): Allowance {
  const { plan } = state;
  const line = plan?.lines.find((each) => each.projectId === projectId);
  const drawn = drawnBy(state);
  if (line) {
    return { ofLine: true, limitFen: BigInt(line.amountFen), drawnFen: drawn.get(projectId) ?? 0n };
  }
  const named = new Set(plan?.lines.map((each) => each.projectId));
  const inLines = (plan?.lines ?? []).reduce((total, each) => total + BigInt(each.amountFen), 0n);
  const rest = [...drawn].filter(([id]) => !named.has(id));
  return {
    ofLine: false,
    limitFen: BigInt(plan?.totalFen ?? '0') - inLines,
    drawnFen: rest.reduce((sum, [, fen]) => sum + fen, 0n),
  };
}

/** What each project holds of the document. */
export function drawnBy({ draws, moves }: FundPlanState): ReadonlyMap<string, Fen> {
  const drawn = new Map<string, Fen>();
  const add = (id: string, fen: Fen) => drawn.set(id, (drawn.get(id) ?? 0n) + fen);
  for (const { standing, projectId, amountFen } of draws.values()) if (standing) add(projectId, amountFen);
  for (const { standing, fromProjectId, toProjectId, amountFen } of moves.values()) {
    if (!standing) continue;
    add(fromProjectId, -amountFen);
    add(toProjectId, amountFen);
  }
  return drawn;
}
