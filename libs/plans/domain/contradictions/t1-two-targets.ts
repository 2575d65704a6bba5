import { grouped } from '#libs/kernel/grouped.js';
import { exactText } from '#libs/kernel/rational.js';
import { boundsOf, type PrintedValue } from '../values.js';
import { FIGURE_SCOPES } from '../vocabulary.js';
import { sideOf, type Contradiction, type PlanFigures, type Target } from './contradiction.js';

/**
 * T1: targets of one indicator, scope, region and year that differ, in one plan or between it and another one. Targets
 * that differ in their sign alone (80% and ≥80%) are noted; other numbers are an error.
 */
export function twoTargets({ targets, others = [] }: PlanFigures): Contradiction[] {
  return [...groupsOf(targets)].flatMap(([key, own]) => {
    const group = [...own, ...(groupsOf(others).get(key) ?? [])];
    const said = new Set(group.map(({ data }) => `${data.value.kind} ${numbersOf(data.value, data.unit)}`));
    if (said.size < 2) return [];
    const numbers = new Set(group.map(({ data }) => numbersOf(data.value, data.unit)));
    const { indicator, scope, year } = group[0]!.data;
    const sides = group.map(sideOf);
    const several = new Set(sides.map(({ document }) => document)).size > 1;
    const places = sides.map(
      ({ document, locator, printed }) => `${several ? `《${document}》` : ''}${locator} ${printed}`,
    );
    const covered = scope === undefined ? '' : `（${FIGURE_SCOPES[scope]}）`;
    const differ = numbers.size > 1;
    return [
      {
        rule: 'T1' as const,
        severity: differ ? ('error' as const) : ('note' as const),
        indicator,
        year: year!,
        sides,
        figures: { targets: sides.map(({ printed }) => printed).join(',') },
        sentence: `“${indicator}”${covered}${year}年的目标${differ ? '不一致' : '数字相同而表述不同'}：${places.join('，')}`,
      },
    ];
  });
}

/** Targets that can be held against each other: those that say a number and a year. */
export const isComparable = ({ data }: Target): boolean =>
  data.year !== undefined && data.value.kind !== 'unknown';

function groupsOf(targets: readonly Target[]): Map<string, Target[]> {
  return grouped(targets.filter(isComparable), ({ data }) =>
    [data.region, data.indicator, data.scope ?? '', data.year].join('\u0000'),
  );
}

function numbersOf(value: PrintedValue, unit: string): string {
  const bounds = boundsOf(value, unit)!;
  const ends = [bounds.low, bounds.high].filter((end) => end !== undefined).map(exactText);
  return [...new Set(ends)].join(' ');
}
