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

/** An indicator of one region and year: what it is divided by what, before anything is printed. */
export interface Computed {
  definition: IndicatorDefinition;
  numerator: Part;
  denominator: Part | undefined;
}

/** An indicator with all that it rests on, and what it computes to. */
export async function indicatorAnswer({
  definition,
  numerator,
  denominator,
}: Computed): Promise<IndicatorAnswer> {
  return {
    indicator: definitionView(definition),
    formula: formulaOf(definition),
    numerator: await partView(definition.numerator, numerator),
    denominator: denominator ? await partView(definition.denominator!, denominator) : null,
    ...valueView({ definition, numerator, denominator }),
  };
}

export function definitionView({
  id,
  version,
  name,
  unit,
  factor,
  decimals,
  scope,
  direction,
}: IndicatorDefinition): IndicatorAnswer['indicator'] {
  return { id, version, name, unit, factor, decimals, scope, direction };
}

/** The value as it is printed, or why there is none. */
export function valueView({
  definition,
  numerator,
  denominator,
}: Computed): Pick<IndicatorAnswer, 'value' | 'why'> {
  const value = valueOf(definition, numerator, denominator);
  if (!value) return { value: null, why: whyUnknown(numerator, denominator) };
  return { value: computedValue(value, definition.decimals), why: null };
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
  return lacking.length > 0 ? lacking.map((part) => part.explanation).join('；') : '分母为零';
}

function formulaOf({ numerator, denominator, factor }: IndicatorDefinition): string {
  if (!denominator) return quantity(numerator).label;
  const ratio = `${quantity(numerator).label} ÷ ${quantity(denominator).label}`;
  return factor === 1 ? ratio : `${ratio} × ${factor}`;
}

export async function partView(id: QuantityId, part: Part): Promise<IndicatorPart> {
  const { label, unit } = quantity(id);
  const { source, asOf, explanation, evidence, notUsed = [], events } = part;
  return {
    quantity: id,
    label,
    unit,
    ...endsView(part),
    source: { key: source, label: PART_SOURCES[source] },
    asOf,
    explanation,
    evidence,
    notUsed,
    events: 'first' in events ? await events.first() : events.slice(0, LISTED_EVENTS),
    ...(await eventsView(part)),
  };
}

export const endsView = ({ interval }: Part): Pick<IndicatorPart, 'low' | 'high'> => ({
  low: interval && exactText(interval.low),
  high: interval?.high ? exactText(interval.high) : null,
});

/** How many events a part rests on, and their digest where all are at hand. */
export async function eventsView({
  events,
}: Part): Promise<Pick<IndicatorPart, 'eventCount' | 'eventDigest'>> {
  if ('count' in events) return { eventCount: await events.count(), eventDigest: null };
  return { eventCount: events.length, eventDigest: events.length === 0 ? null : digestOfIds(events) };
}

function digestOfIds(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join(','))
    .digest('hex');
}
