import { exactText } from '#libs/kernel/rational.js';
import { printPoints, scoredSheet, type ScoredItem } from '../../domain/sheet/score.js';
import { DEFAULT_SHEET } from '../../domain/sheet/template.js';
import { byKey, type Entry } from '../entry.js';
import type { Section } from './section.js';

/** The capability evaluation sheet: points given by evaluators and points computed from this snapshot. */
export const scoresSection: Section = {
  name: 'scores',
  async *entries({ measures, scores }) {
    const { items, total, weightScored, weightOpen } = scoredSheet(DEFAULT_SHEET, measures, scores);
    yield* items.map(entryOf).sort(byKey);
    yield {
      key: 'total',
      label: '合计',
      figures: {
        points: printPoints(total),
        exact: exactText(total),
        weightScored,
        weightOpen,
      },
    };
  },
};

function entryOf({ item, points, share, score }: ScoredItem): Entry {
  return {
    key: `item/${item.id}`,
    label: item.title,
    figures: {
      weight: item.weight,
      scoring: item.scoring.kind,
      points: points && printPoints(points),
      part: share && share.part.toString(),
      of: share && share.of.toString(),
      evidence: score?.evidence ?? [],
      comment: score?.comment ?? null,
    },
  };
}
