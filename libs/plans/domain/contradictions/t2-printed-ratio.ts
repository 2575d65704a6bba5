import {
  compare,
  fromDecimal,
  minus,
  over,
  plus,
  printed,
  rational,
  times,
  type Rational,
} from '#libs/kernel/rational.js';
import { squeeze } from '#libs/kernel/text.js';
import { decimalsOf, exactly, judge, ratioOf, roundedTo } from '../indicators/compute.js';
import type { IndicatorDefinition } from '../indicators/definitions.js';
import { definitionOf } from '../indicators/lookup.js';
import { quantity, type QuantityId } from '../indicators/quantities.js';
import { baseUnit, numberIn } from '../values.js';
import {
  populationSide,
  sideOf,
  type Baseline,
  type Contradiction,
  type PlanFigures,
  type Side,
  type Target,
} from './contradiction.js';

/** A printed number, and how far it may be from what was rounded: half of its last place. */
interface PrintedNumber {
  value: Rational;
  slack: Rational;
  side: Side;
}

/**
 * T2: a printed ratio against the one computed from the numbers that the same plan prints for that year, targets with
 * targets and states with states. People are those of the latest year until then. It differs when the computed ratio,
 * rounded as the plan prints it, is another; that is a warning where the rounding of the parts explains it. A target
 * that its own count reaches only after rounding is noted.
 */
export function printedRatios(figures: PlanFigures): Contradiction[] {
  return checkedRatios(figures).flat();
}

/** The same, with an empty list for each ratio that was computed and fits. */
export function checkedRatios(figures: PlanFigures): Contradiction[][] {
  return KINDS.flatMap((kind) =>
    figures[kind].flatMap((figure: Target | Baseline) => {
      const found = checked(figure, kind, figures);
      return found ? [found] : [];
    }),
  );
}

const KINDS = ['baselines', 'targets'] as const;

function checked(
  figure: Target | Baseline,
  kind: 'targets' | 'baselines',
  figures: PlanFigures,
): Contradiction[] | undefined {
  const { indicator, year, value, unit, region } = figure.data;
  const definition = definitionOf(indicator);
  if (!definition?.denominator || year === undefined || !('value' in value)) return undefined;
  const find = (id: QuantityId) => numberOf(id, region, year, kind, figures);
  const [numerator, denominator] = [find(definition.numerator), find(definition.denominator)];
  if (!numerator || !denominator || denominator.value.part === 0n) return undefined;
  const computed = ratioOf(exactly(numerator.value), exactly(denominator.value), definition.factor)!.low;
  const said = numberIn(value, unit)!;
  const places = decimalsOf(value.value);
  const rounded = roundedTo(computed, places);
  const sides = [sideOf(figure), numerator.side, denominator.side];
  const arithmetic = `${numerator.side.printed} ÷ ${denominator.side.printed} = ${printed(computed, places + 2)}${unit}`;
  const compared = { printed: sides[0]!.printed, computed: printed(computed, places + 2) };
  const told = { rule: 'T2' as const, indicator, year, sides, figures: compared };
  if (reachesAsPrinted(value.kind, rounded, said)) {
    const { onlyRounded } = judge(exactly(computed), value, unit, definition.direction);
    if (kind === 'baselines' || !onlyRounded) return [];
    const sentence = `“${indicator}”${year}年：${arithmetic}，四舍五入后才达到目标 ${sides[0]!.printed}，未经舍入未达到`;
    return [{ ...told, severity: 'note', sentence }];
  }
  const explained = mayBe(said, places, numerator, denominator, definition);
  const sentence = `“${indicator}”${year}年印作 ${sides[0]!.printed}，按所印数字 ${arithmetic}${explained ? '（所印数字本身的舍入可以解释）' : ''}`;
  return [{ ...told, severity: explained ? 'warning' : 'error', sentence }];
}

function reachesAsPrinted(kind: string, rounded: Rational, said: Rational): boolean {
  const order = compare(rounded, said);
  if (kind === 'atLeast' || kind === 'moreThan') return order >= 0;
  if (kind === 'atMost' || kind === 'lessThan') return order <= 0;
  return order === 0;
}

/** Whether some numbers that would be printed as the parts are give a ratio that would be printed so. */
function mayBe(
  said: Rational,
  places: number,
  numerator: PrintedNumber,
  denominator: PrintedNumber,
  { factor }: IndicatorDefinition,
): boolean {
  const by = rational(BigInt(factor), 1n);
  const half = rational(1n, 2n * 10n ** BigInt(places));
  const least = times(
    over(minus(numerator.value, numerator.slack), plus(denominator.value, denominator.slack)),
    by,
  );
  const most = times(
    over(plus(numerator.value, numerator.slack), minus(denominator.value, denominator.slack)),
    by,
  );
  return compare(most, minus(said, half)) >= 0 && compare(least, plus(said, half)) <= 0;
}

function numberOf(
  id: QuantityId,
  region: string,
  year: number,
  kind: 'targets' | 'baselines',
  { populations, ...figures }: PlanFigures,
): PrintedNumber | undefined {
  const { statistics, populations: wanted, unit } = quantity(id);
  if (wanted) {
    const found = populations
      .filter(({ data }) => data.region === region && wanted.includes(data.population))
      .filter(({ data }) => (kind === 'baselines' ? data.year === year : data.year <= year))
      .sort(
        (a, b) =>
          b.data.year - a.data.year || wanted.indexOf(a.data.population) - wanted.indexOf(b.data.population),
      )[0];
    if (!found) return undefined;
    const text = /[\d.]+/u.exec(found.data.printedAs)?.[0] ?? found.data.persons;
    const step = found.data.printedAs.includes('万') ? 10_000n : 1n;
    return {
      value: fromDecimal(found.data.persons),
      slack: slackOf(text, step),
      side: populationSide(found),
    };
  }
  const names = new Set<string>(statistics.map(squeeze));
  const found = figures[kind].find(
    ({ data }) =>
      data.region === region &&
      data.year === year &&
      names.has(squeeze(data.indicator)) &&
      baseUnit(data.unit).unit === unit,
  );
  const { value, unit: printedUnit } = found?.data ?? {};
  if (!found || !value || !('value' in value)) return undefined;
  const number = numberIn(value, printedUnit!)!;
  return { value: number, slack: slackOf(value.value, baseUnit(printedUnit!).times), side: sideOf(found) };
}

/** Half of the last place of a printed number; a whole number in its base unit is no rounding. */
function slackOf(text: string, step: bigint): Rational {
  const decimals = decimalsOf(text);
  if (decimals === 0 && step === 1n) return rational(0n, 1n);
  return rational(step, 2n * 10n ** BigInt(decimals));
}
