import { fromDecimal } from '#libs/kernel/rational.js';
import type { EvaluationEvent, EvaluationEventData, ItemScore, Sealed } from './events.js';
import { refuse } from './refusal-codes.js';
import { DEFAULT_SHEET, type SheetTemplate } from './sheet/template.js';

export interface EvaluationState {
  /** Snapshots in the order they were sealed; the last stands. */
  seals: readonly Sealed[];
  /** The last score of each item. */
  scores: ReadonlyMap<string, ItemScore>;
}

export type EvaluationCommand =
  | { type: 'SealEvaluation'; data: { sealed: Sealed; reason?: string | undefined }; today: string }
  | { type: 'ScoreEvaluation'; data: EvaluationEventData<'EvaluationScored'> };

/** The rules of one evaluation, pure. Sealing what stands already is no event, so it may be sent twice. */
export const evaluationDecider = {
  initialState: (): EvaluationState => ({ seals: [], scores: new Map() }),

  decide(command: EvaluationCommand, state: EvaluationState): EvaluationEvent[] {
    return command.type === 'SealEvaluation'
      ? seal(command.data, state, command.today)
      : score(command.data, DEFAULT_SHEET);
  },

  evolve(state: EvaluationState, event: EvaluationEvent): EvaluationState {
    if (event.type === 'EvaluationSealed') return { ...state, seals: [...state.seals, event.data] };
    if (event.type === 'EvaluationSuperseded') return state;
    const given = event.data.scores.map((each) => [each.item, each] as const);
    return { ...state, scores: new Map([...state.scores, ...given]) };
  },
} as const;

/** The snapshot that stands. */
export const standing = ({ seals }: EvaluationState): Sealed | undefined => seals.at(-1);

function seal(
  { sealed, reason }: { sealed: Sealed; reason?: string | undefined },
  state: EvaluationState,
  today: string,
): EvaluationEvent[] {
  const { year, asEffectiveOn, digest } = sealed;
  if (today <= asEffectiveOn) {
    refuse('evaluation.yearNotOver', `${year} 年度到 ${asEffectiveOn} 才结束，今天是 ${today}，不能封存`, {
      year,
      today,
    });
  }
  const before = standing(state);
  if (before?.digest === digest) return [];
  const events: EvaluationEvent[] = [{ type: 'EvaluationSealed', data: sealed }];
  if (!before) return events;
  if (reason === undefined) {
    const sections = differingSections(before, sealed);
    refuse(
      'evaluation.alreadySealed',
      `${year} 年度评估已封存（摘要 ${before.digest.slice(0, 12)}…），内容在${sections.join('、')}上有变化；须说明更正原因才能重新封存`,
      { standing: before.digest, now: digest, sections },
    );
  }
  return [...events, { type: 'EvaluationSuperseded', data: { digest: before.digest, by: digest, reason } }];
}

function differingSections(before: Sealed, after: Sealed): string[] {
  const digests = new Map(before.sections.map(({ name, digest }) => [name, digest]));
  return after.sections.filter(({ name, digest }) => digests.get(name) !== digest).map(({ name }) => name);
}

function score(data: EvaluationEventData<'EvaluationScored'>, template: SheetTemplate): EvaluationEvent[] {
  const { id, version } = data.sheet;
  if (id !== template.id || version !== template.version) {
    const current = { id: template.id, version: template.version };
    refuse(
      'evaluation.otherSheet',
      `评价表现行版本为 ${template.id} 第 ${template.version} 版，而不是 ${id} 第 ${version} 版`,
      {
        given: data.sheet,
        current,
      },
    );
  }
  const seen = new Set<string>();
  for (const { item: itemId, points, evidence } of data.scores) {
    const item = template.items.find((each) => each.id === itemId);
    if (!item) return refuse('evaluation.unknownItem', `评价表没有“${itemId}”这一项`, { item: itemId });
    if (seen.has(itemId)) refuse('evaluation.itemTwice', `“${item.title}”打了两次分`, { item: itemId });
    seen.add(itemId);
    if (item.scoring.kind === 'derived') {
      refuse('evaluation.derivedItem', `“${item.title}”由系统计算，不能打分`, { item: itemId });
    }
    const given = fromDecimal(points);
    if (given.part > BigInt(item.weight) * given.of) {
      const message = `“${item.title}”打了 ${points} 分，超过该项的 ${item.weight} 分`;
      refuse('evaluation.pointsOverWeight', message, { item: itemId, points, weight: item.weight });
    }
    if (evidence.some((each) => Object.keys(each).length === 0)) {
      refuse('evaluation.evidenceMissing', `“${item.title}”没有写明打分的依据`, { item: itemId });
    }
  }
  return [{ type: 'EvaluationScored', data }];
}
