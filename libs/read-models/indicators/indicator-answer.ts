import { createHash } from 'node:crypto';
import { exactText, printed } from '#libs/kernel/rational.js';
import { ratioOf, type Interval } from '#libs/plans/domain/indicators/compute.js';
import type { IndicatorDefinition } from '#libs/plans/domain/indicators/definitions.js';
import { quantity, type QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import type { Part } from './part.js';
import {
  LISTED_EVENTS,
  PART_SOURCES,
  type ComputedValue,
  type IndicatorAnswer,
  type IndicatorPart,
} from './queries.js';

/** An indicator with all that it rests on, and what it computes to. */
export function indicatorAnswer(
  definition: IndicatorDefinition,
  numerator: Part,
  denominator: Part | undefined,
): IndicatorAnswer {
  const { id, version, name, unit, factor, decimals, scope, direction } = definition;
  const value = valueOf(definition, numerator, denominator);
  return {
    indicator: { id, version, name, unit, factor, decimals, scope, direction },
    formula: formulaOf(definition),
    numerator: partView(definition.numerator, numerator),
    denominator: denominator ? partView(definition.denominator!, denominator) : null,
    value: value ? computedValue(value, decimals) : null,
    why: value ? null : whyUnknown(numerator, denominator),
  };
}

/** The value itself, before it is printed; undefined where it cannot be computed. */
export function valueOf(
  { factor }: IndicatorDefinition,
  numerator: Part,
  denominator: Part | undefined,
): Interval | undefined {
  if (!numerator.interval) return undefined;
  if (!denominator) return numerator.interval;
  return denominator.interval ? ratioOf(numerator.interval, denominator.interval, factor) : undefined;
}

export function computedValue({ low, high }: Interval, decimals: number): ComputedValue {
  const [least, most] = [printed(low, decimals), high === null ? null : printed(high, decimals)];
  const text = most === null ? `≥${least}` : most === least ? least : `${least}—${most}`;
  return { low: exactText(low), high: high === null ? null : exactText(high), printed: text };
}

/** What is missing for a value that cannot be computed. */
export function whyUnknown(numerator: Part, denominator: Part | undefined): string {
  const lacking = [numerator, ...(denominator ? [denominator] : [])].filter((part) => part.interval === null);
  return lacking.length > 0 ? lacking.map((part) => part.explanation).join(';') : '分母为零';
}

function formulaOf({ numerator, denominator, factor }: IndicatorDefinition): string {
  if (!denominator) return quantity(numerator).label;
  const ratio = `${quantity(numerator).label} ÷ ${quantity(denominator).label}`;
  return factor === 1 ? ratio : `${ratio} × ${factor}`;
}

export function partView(id: QuantityId, part: Part): IndicatorPart {
  const { label, unit } = quantity(id);
  const { interval, source, asOf, explanation, evidence, notUsed = [], events } = part;
  const ids = 'count' in events ? [] : events;
  return {
    quantity: id,
    label,
    unit,
    low: interval && exactText(interval.low),
    high: interval?.high ? exactText(interval.high) : null,
    source: { key: source, label: PART_SOURCES[source] },
    asOf,
    explanation,
    evidence,
    notUsed,
    events: ids.slice(0, LISTED_EVENTS),
    eventCount: 'count' in events ? events.count : ids.length,
    eventDigest: ids.length === 0 ? null : digestOfIds(ids),
  };
}

function digestOfIds(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join(','))
    .digest('hex');
}
