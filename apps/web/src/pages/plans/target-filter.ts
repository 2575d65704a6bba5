import type { Target } from './words.js';

/** What is asked of targets; '' asks nothing, `none` asks for those that print none. */
export interface TargetFilter {
  year: string;
  attribute: string;
  verdict: string;
  q: string;
}

export const ALL: TargetFilter = { year: '', attribute: '', verdict: '', q: '' };

export function matching(
  targets: readonly Target[],
  { year, attribute, verdict, q }: TargetFilter,
): readonly Target[] {
  return targets.filter(
    (target) =>
      (year === '' || String(target.year ?? 'none') === year) &&
      (attribute === '' || (target.attribute?.key ?? 'none') === attribute) &&
      (verdict === '' || (verdict === 'rounded' ? target.onlyRounded : target.verdict.key === verdict)) &&
      (q === '' || `${target.indicator} ${target.printedName}`.includes(q.trim())),
  );
}
