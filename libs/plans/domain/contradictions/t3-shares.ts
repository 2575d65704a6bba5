import { compare, exactText } from '#libs/kernel/rational.js';
import { reaches, sumOfShares } from '../county-shares.js';
import { isAdditive } from '../indicators/lookup.js';
import { baseUnit, numberIn, printedText } from '../values.js';
import { sideOf, type Contradiction, type PlanFigures } from './contradiction.js';

/** T3: the counties' shares of a count do not add up to the plan's target, or to the total that the table prints. */
export function sharesAgainstPlan({ shares, targets }: PlanFigures): Contradiction[] {
  return shares.flatMap(({ eventId, data }) => {
    const { indicator, scope, year, unit, printedTotal } = data;
    const sum = isAdditive(indicator, unit) ? sumOfShares(data) : undefined;
    if (!sum) return [];
    const text = `${exactText(sum)}${baseUnit(unit).unit}`;
    const own = { eventId, printed: text, ...data.source };
    const told = { rule: 'T3' as const, severity: 'error' as const, indicator, year };
    const found: Contradiction[] = [];
    const total = printedTotal && numberIn(printedTotal, unit);
    if (total && compare(total, sum) !== 0) {
      const sentence = `“${indicator}”${year}年分解数合计 ${text},表中合计印作 ${printedText(printedTotal, unit)}`;
      found.push({ ...told, sides: [own], sentence });
    }
    const wanted = targets.filter(
      (target) =>
        target.data.indicator === indicator && target.data.scope === scope && target.data.year === year,
    );
    if (wanted.length > 0 && !wanted.some((target) => reaches(sum, target.data.value, target.data.unit))) {
      const sides = [own, ...wanted.map(sideOf)];
      const sentence = `“${indicator}”${year}年分解数合计 ${text},方案目标 ${sides[1]!.printed}`;
      found.push({ ...told, sides, sentence });
    }
    return found;
  });
}
