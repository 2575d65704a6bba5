import { compare, exactText, fromDecimal, plus, type Rational } from '#libs/kernel/rational.js';
import type { PlanEventData } from './events.js';
import { isAdditive } from './indicators/lookup.js';
import { refuse } from './refusal-codes.js';
import { entriesOf, type PlanState } from './state.js';
import { baseUnit, boundsOf, numberIn, printedText, type PrintedValue } from './values.js';

type Shares = PlanEventData<'CountySharesSet'>;

/**
 * A breakdown that is decided here must add up to a target of the plan: to its very value, or for ≥ to no less. One
 * that a document printed is a fact and is kept as it is; a difference is finding T3. Ratios are not added up.
 */
export function assertSharesHold(data: Shares, plan: PlanEventData<'PlanAdopted'>, state: PlanState): void {
  const { indicator, scope, year, unit, shares } = data;
  const twice = shares.find(({ region }, n) => shares.findIndex((other) => other.region === region) < n);
  if (twice)
    refuse('plan.duplicateShare', `${twice.region} 在分解表中列了不止一次`, { region: twice.region });
  if (data.basis === 'printed' || !isAdditive(indicator, unit)) return;
  const targets = entriesOf(state, 'TargetSet').filter(
    (target) =>
      target.data.indicator === indicator &&
      target.data.scope === scope &&
      target.data.year === year &&
      target.data.region === plan.region,
  );
  if (targets.length === 0) {
    refuse('plan.sharesWithoutTarget', `方案没有“${indicator}”${year}年的目标，无从分解`, {
      indicator,
      year,
    });
  }
  const sum = sumOfShares(data);
  if (!sum) refuse('plan.sharesNotExact', `“${indicator}”的分解数须为确定的数`, { indicator, year });
  if (targets.some((target) => reaches(sum, target.data.value, target.data.unit))) return;
  const { value, unit: printedUnit } = targets[0]!.data;
  refuse(
    'plan.sharesDoNotSum',
    `“${indicator}”${year}年：${shares.length} 地分解数合计 ${exactText(sum)}${baseUnit(unit).unit}，方案目标为 ${printedText(value, printedUnit)}，须相符`,
    { indicator, year, sum: exactText(sum), target: printedText(value, printedUnit) },
  );
}

/** The sum in the base unit; undefined where a share is not one exact number. */
export function sumOfShares({ shares, unit }: Pick<Shares, 'shares' | 'unit'>): Rational | undefined {
  let sum = fromDecimal('0');
  for (const { value } of shares) {
    const number = value.kind === 'exact' ? numberIn(value, unit) : undefined;
    if (!number) return undefined;
    sum = plus(sum, number);
  }
  return sum;
}

/** Whether a sum is what the target says: exactly, within the range, or on the right side of the bound. */
export function reaches(sum: Rational, value: PrintedValue, unit: string): boolean {
  const bounds = boundsOf(value, unit);
  if (!bounds) return false;
  const { low, high, lowOpen, highOpen } = bounds;
  const aboveLow = low === undefined || (lowOpen ? compare(sum, low) > 0 : compare(sum, low) >= 0);
  const belowHigh = high === undefined || (highOpen ? compare(sum, high) < 0 : compare(sum, high) <= 0);
  return aboveLow && belowHigh;
}
