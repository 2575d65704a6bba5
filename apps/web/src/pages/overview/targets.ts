import { TARGET_ATTRIBUTES } from '#libs/plans/domain/vocabulary.js';
import type { Schema } from '../../api/paths.js';

type Target = Schema<'PlanTargets'>['targets'][number];

export const VERDICT_SIGNS: Readonly<Record<string, string>> = { reached: '✓', missed: '✕', open: '…' };

export interface TargetGroup {
  /** As the plan's page filters by it. */
  key: string;
  label: string;
  /** 3 项：已达到 1，未达到 1，尚不能判断 1 */
  summary: string;
  /** Those beside which a computed value stands; the others are counted in the summary only. */
  computed: Target[];
}

/** Binding targets, then anticipated ones, then those of which the plan does not say; groups without any are left out. */
export function byAttribute(targets: readonly Target[]): TargetGroup[] {
  const groups: [key: string, label: string][] = [...Object.entries(TARGET_ATTRIBUTES), ['none', '未列属性']];
  return groups.flatMap(([key, label]) => {
    const own = targets.filter(({ attribute }) => (attribute?.key ?? 'none') === key);
    if (own.length === 0) return [];
    const verdicts = [...new Map(own.map(({ verdict }) => [verdict.key, verdict.label]))].map(
      ([verdict, name]) => `${name} ${own.filter((target) => target.verdict.key === verdict).length}`,
    );
    const computed = own.filter((target) => target.computed !== null);
    return [{ key, label, summary: `${own.length} 项：${verdicts.join('，')}`, computed }];
  });
}
