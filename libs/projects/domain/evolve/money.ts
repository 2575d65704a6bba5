import type { DatedProjectEvent } from '../recorded-event.js';
import type { ProjectEvent } from '../events.js';
import type { Flow, LineKey, MoneyLines } from '../money-lines.js';

const FLOWS = {
  FundsApplied: 'applied',
  FundsAllocated: 'allocated',
  FundsDisbursed: 'disbursed',
  FundsReceived: 'received',
  FundsPaid: 'paid',
  FundsRecovered: 'recovered',
  FundsReturned: 'returned',
} as const satisfies Partial<Record<ProjectEvent['type'], Flow>>;
/** What moves along a stage, and not from one to the next. */
const ALONG = ['FundsCarriedForward', 'FundsReallocatedOut', 'FundsReallocatedIn'] as const;
const ALONG_TYPES: ReadonlySet<string> = new Set(ALONG);

export type FundEvent = Extract<ProjectEvent, { type: keyof typeof FLOWS | (typeof ALONG)[number] }>;

export function isFundEvent<E extends ProjectEvent | DatedProjectEvent>(event: E): event is E & FundEvent {
  return ALONG_TYPES.has(event.type) || event.type in FLOWS;
}

/** Adds a fund event to the lines, or with `-1n` takes it out again. */
export function post(money: MoneyLines, event: FundEvent, sign: 1n | -1n): void {
  const amount = sign * BigInt(event.data.amountFen);
  if (event.type === 'FundsCarriedForward') {
    const { stage } = event.data;
    money.add(event.data, `${stage}Out`, amount);
    money.add(carriedTo(event.data), `${stage}In`, amount);
  } else if (event.type === 'FundsReallocatedOut') {
    money.add(event.data, `${event.data.stage}Given`, amount);
  } else if (event.type === 'FundsReallocatedIn') {
    money.add(event.data, `${event.data.stage}Taken`, amount);
  } else {
    money.add(event.data, FLOWS[event.type], amount);
  }
}

/** The line of the next year that carried money lands on. */
export function carriedTo(data: LineKey & { toYear: number }): LineKey {
  return { source: data.source, level: data.level, budgetYear: data.toYear };
}
