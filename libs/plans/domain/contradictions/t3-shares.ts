import { compare, exactText } from '#libs/kernel/rational.js';
import { regionName } from '#libs/kernel/regions.js';
import { reaches, sumOfShares } from '../county-shares.js';
import { isAdditive } from '../indicators/lookup.js';
import { baseUnit, numberIn, printedText } from '../values.js';
import {
  sideOf,
  type Contradiction,
  type CountyShares,
  type PlanFigures,
  type Target,
} from './contradiction.js';

/**
 * T3: the counties' shares of a count do not add up to the plan's target, or to the total that the table prints, or a
 * county's own plan promises something else than its share.
 */
export function sharesAgainstPlan({ shares, targets, others = [] }: PlanFigures): Contradiction[] {
  return shares.flatMap(({ eventId, data }) => {
    const { indicator, scope, year, unit, printedTotal } = data;
    const isOfShares = ({ data: target }: Target) =>
      target.indicator === indicator && target.scope === scope && target.year === year;
    const told = { rule: 'T3' as const, severity: 'error' as const, indicator, year };
    const found = shareAgainstOwnPlan({ eventId, data }, others.filter(isOfShares)).map((each) => ({
      ...told,
      ...each,
    }));
    const sum = isAdditive(indicator, unit) ? sumOfShares(data) : undefined;
    if (!sum) return found;
    const text = `${exactText(sum)}${baseUnit(unit).unit}`;
    const own = { eventId, printed: text, ...data.source };
    const total = printedTotal && numberIn(printedTotal, unit);
    if (total && compare(total, sum) !== 0) {
      const printed = printedText(printedTotal, unit);
      const sentence = `“${indicator}”${year}年分解数合计 ${text}，表中合计印作 ${printed}`;
      found.push({ ...told, sides: [own], figures: { sum: text, printedTotal: printed }, sentence });
    }
    const wanted = targets.filter(isOfShares);
    if (wanted.length > 0 && !wanted.some((target) => reaches(sum, target.data.value, target.data.unit))) {
      const sides = [own, ...wanted.map(sideOf)];
      const sentence = `“${indicator}”${year}年分解数合计 ${text}，方案目标 ${sides[1]!.printed}`;
      found.push({ ...told, sides, figures: { sum: text, target: sides[1]!.printed }, sentence });
    }
    return found;
  });
}

/** A share fits what the county itself promises where it is that number, or on the right side of its bound. */
function shareAgainstOwnPlan(
  { eventId, data }: CountyShares,
  promises: readonly Target[],
): Pick<Contradiction, 'sides' | 'figures' | 'sentence'>[] {
  const { indicator, year, unit } = data;
  return data.shares.flatMap(({ region, value }) => {
    const share = value.kind === 'exact' ? numberIn(value, unit) : undefined;
    const own = promises.filter((target) => target.data.region === region);
    if (!share || own.length === 0) return [];
    if (own.some((target) => reaches(share, target.data.value, target.data.unit))) return [];
    const printed = printedText(value, unit);
    const sides = [{ eventId, printed, ...data.source }, ...own.map(sideOf)];
    const { document, printed: promised } = sides[1]!;
    return [
      {
        sides,
        figures: { region, share: printed, target: promised },
        sentence: `“${indicator}”${year}年分解给${regionName(region)} ${printed}，《${document}》目标 ${promised}`,
      },
    ];
  });
}
