import { exactText } from '#libs/kernel/rational.js';
import { boundsOf, type PrintedValue } from '../values.js';
import { FIGURE_SCOPES } from '../vocabulary.js';
import { sideOf, type Contradiction, type PlanFigures, type Target } from './contradiction.js';

/**
 * T1: targets of one indicator, scope, region and year that differ. Targets that differ in their sign alone (80% and
 * ≥80%) are noted; other numbers are an error.
 */
export function twoTargets({ targets }: PlanFigures): Contradiction[] {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    const { region, indicator, scope = '', year } = target.data;
    if (year === undefined || target.data.value.kind === 'unknown') continue;
    const key = [region, indicator, scope, year].join('\u0000');
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()].flatMap((group) => {
    const said = new Set(group.map(({ data }) => `${data.value.kind} ${numbersOf(data.value, data.unit)}`));
    if (said.size < 2) return [];
    const numbers = new Set(group.map(({ data }) => numbersOf(data.value, data.unit)));
    const { indicator, scope, year } = group[0]!.data;
    const sides = group.map(sideOf);
    const places = sides.map(({ locator, printed }) => `${locator} ${printed}`).join(',');
    const covered = scope === undefined ? '' : `(${FIGURE_SCOPES[scope]})`;
    return [
      {
        rule: 'T1' as const,
        severity: numbers.size > 1 ? ('error' as const) : ('note' as const),
        indicator,
        year: year!,
        sides,
        sentence: `“${indicator}”${covered}${year}年的目标${numbers.size > 1 ? '不一致' : '数字相同而表述不同'}:${places}`,
      },
    ];
  });
}

function numbersOf(value: PrintedValue, unit: string): string {
  const bounds = boundsOf(value, unit)!;
  const ends = [bounds.low, bounds.high].filter((end) => end !== undefined).map(exactText);
  return [...new Set(ends)].join(' ');
}
