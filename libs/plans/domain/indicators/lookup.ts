import { squeeze } from '#libs/kernel/text.js';
import { INDICATOR_DEFINITIONS, type IndicatorDefinition } from './definitions.js';

const BY_NAME = new Map(
  INDICATOR_DEFINITIONS.flatMap((definition) =>
    [definition.id, definition.name, ...definition.aliases].map(
      (name) => [squeeze(name), definition] as const,
    ),
  ),
);

/** The definition that this id or printed name means; undefined for indicators that only plans print. */
export function definitionOf(name: string): IndicatorDefinition | undefined {
  return BY_NAME.get(squeeze(name));
}

/** The spelling under which figures of one indicator are kept together. */
export function indicatorName(printed: string): string {
  return definitionOf(printed)?.name ?? squeeze(printed);
}

/** Whether the counties' values add up to the region's: counts do, shares and figures per head do not. */
export function isAdditive(indicator: string, unit: string): boolean {
  const definition = definitionOf(indicator);
  if (definition) return definition.denominator === undefined;
  return !/[%‰/]|百分点|倍/u.test(unit);
}
