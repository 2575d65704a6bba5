import type { FundingPlanLine } from '#libs/projects/domain/events.js';

/** Fen of a funding plan's lines together. */
export function sumOf(lines: readonly Pick<FundingPlanLine, 'amountFen'>[]): bigint {
  return lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
}
