import type {
  FundingPlanLine,
  ProjectEvent,
  ProjectEventData,
  ProjectEventType,
} from '#libs/projects/domain/events.js';
import {
  DIRECT_SOURCES,
  type FundingLevel,
  type FundingSource,
  type FundStage,
} from '#libs/projects/domain/vocabulary.js';

/**
 * Accounts of the journal, per project, source, level and budget year. Planned money comes from `sources`, work done
 * from `work`; between two projects it is `reallocated`, an account that both halves of a pair leave at zero; all others
 * are stages that money stands at.
 */
export type Account =
  | 'sources'
  | 'work'
  | 'reallocated'
  | Exclude<FundStage, 'carriedForward' | 'reallocatedOut' | 'reallocatedIn'>;

/** One amount that leaves one account and enters another. */
export interface Transfer {
  source: FundingSource | null;
  level: FundingLevel | null;
  /** The column it counts in. */
  stage: FundStage;
  from: Account;
  fromYear: number | null;
  to: Account;
  toYear: number | null;
  amountFen: bigint;
}

type Mover<T extends ProjectEventType> = (data: ProjectEventData<T>) => Transfer[];

/** A step between two stages of one budget year. */
const step =
  (from: Account, to: Account & FundStage) =>
  (data: Line & { budgetYear: number }): Transfer[] => [
    moved(data, to, from, data.budgetYear, to, data.budgetYear),
  ];

/**
 * The transfers of each event that moves money; an amount of zero moves nothing.
 *
 * Fiscal money walks sources → planned → applied → allocated → disbursed → received → paid. An allocation without an
 * application leaves `applied` negative: so much was allotted unasked. Direct money walks planned → received. Carrying
 * forward keeps the account and changes the year; reallocating keeps the stage and the year and changes the project.
 */
export const TRANSFERS: { readonly [T in ProjectEventType]?: Mover<T> } = {
  FundingPlanned: ({ lines }) => planChange([], lines),
  FundingPlanRevised: ({ previous, lines }) => planChange(previous, lines),
  FundsApplied: step('planned', 'applied'),
  FundsAllocated: step('applied', 'allocated'),
  FundsDisbursed: step('allocated', 'disbursed'),
  FundsReceived: (data) => step(DIRECT_SOURCES.has(data.source) ? 'planned' : 'disbursed', 'received')(data),
  FundsPaid: step('received', 'paid'),
  FundsRecovered: step('received', 'recovered'),
  FundsReturned: step('received', 'returned'),
  FundsReallocatedOut: (data) => [
    moved(data, 'reallocatedOut', data.stage, data.budgetYear, 'reallocated', data.budgetYear),
  ],
  FundsReallocatedIn: (data) => [
    moved(data, 'reallocatedIn', 'reallocated', data.budgetYear, data.stage, data.budgetYear),
  ],
  FundsCarriedForward: (data) => [
    moved(data, 'carriedForward', data.stage, data.budgetYear, data.stage, data.toYear),
  ],
  ProgressReported: ({ month, completedFen }) => workDone(month, BigInt(completedFen)),
};

/** The transfers of one event; none for events that move no money. */
export function transfersOf({ type, data }: ProjectEvent): Transfer[] {
  const mover = TRANSFERS[type] as ((data: unknown) => Transfer[]) | undefined;
  return mover?.(data) ?? [];
}

interface Line {
  source: FundingSource;
  level?: FundingLevel | undefined;
  amountFen: string;
}

function moved(
  line: Line,
  stage: FundStage,
  from: Account,
  fromYear: number | null,
  to: Account,
  toYear: number | null,
): Transfer {
  const { source, level = null, amountFen } = line;
  return { source, level, stage, from, fromYear, to, toYear, amountFen: BigInt(amountFen) };
}

/** A revision moves the difference only: per source line and year, and nothing where they are equal. */
function planChange(previous: readonly FundingPlanLine[], lines: readonly FundingPlanLine[]): Transfer[] {
  const changes = new Map<string, Transfer>();
  const add = (line: FundingPlanLine, sign: bigint) => {
    const year = line.budgetYear ?? null;
    const key = `${line.source}/${line.level ?? ''}/${year}`;
    let change = changes.get(key);
    if (!change) {
      change = { ...moved(line, 'planned', 'sources', year, 'planned', year), amountFen: 0n };
      changes.set(key, change);
    }
    change.amountFen += sign * BigInt(line.amountFen);
  };
  for (const line of previous) add(line, -1n);
  for (const line of lines) add(line, 1n);
  return [...changes.values()].filter((change) => change.amountFen !== 0n);
}

function workDone(month: string, amountFen: bigint): Transfer[] {
  if (amountFen === 0n) return [];
  const year = Number(month.slice(0, 4));
  const stage = 'completedInvestment';
  return [
    { source: null, level: null, stage, from: 'work', fromYear: year, to: stage, toYear: year, amountFen },
  ];
}
