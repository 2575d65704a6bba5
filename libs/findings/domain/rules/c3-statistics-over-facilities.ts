import { compare, exactText, fromDecimal, minus } from '#libs/kernel/rational.js';
import { COMPARED, facilitiesOf } from '#libs/plans/domain/indicators/facilities.js';
import { quantity, type QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { baselineOf } from '#libs/plans/domain/indicators/stock.js';
import { boundsOf, printedText } from '#libs/plans/domain/values.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { failsBy, notApplicable, type FindingItem } from '../outcome.js';
import type { CheckedFigure, RegionRule, RegionYear } from '../region-year.js';

export const c3: RegionRule = {
  id: 'C3',
  version: 1,
  category: 'capacity',
  subject: 'region',
  severity: 'error',
  title: '统计数大于设施合计',
  basis: '统计法：统计资料应当真实、准确、完整；统计数须有设施可查',
  parameters: [],
  evaluate(region) {
    const known = COMPARED.flatMap((id) => {
      const figures = quantity(id).reported!;
      const parts = figures.map((figure) => region.checked.get(figure));
      return parts.every((part): part is CheckedFigure => typeof part?.value === 'string')
        ? [{ quantity: id, figures, parts }]
        : [];
    });
    if (known.length === 0) return notApplicable('没有已审核的年度床位、托位统计数');
    const found = known.flatMap((each) => excess(region, each));
    return failsBy(found.filter((item) => !isSaidBy(item, known)));
  },
};

/** Institution beds without a baseline of their own say nothing new beside all beds. */
function isSaidBy({ figures }: FindingItem, known: readonly Compared[]): boolean {
  const { quantity: id, baseline } = figures;
  return (
    id === 'institutionBeds' && baseline === undefined && known.some(({ quantity: all }) => all === 'beds')
  );
}

interface Compared {
  quantity: QuantityId;
  figures: readonly FigureKey[];
  parts: readonly CheckedFigure[];
}

/** Not known to be more while beds of unknown scope may make up for it. */
function excess(region: RegionYear, { quantity: id, figures, parts }: Compared): FindingItem[] {
  const { year } = region;
  const wanted = quantity(id);
  const { label, unit } = wanted;
  const baseline = baselineOf(region.figures.baselines, wanted, year);
  const since = baseline?.data.year ?? 0;
  const moved = region.moved(wanted.capacity!, since, year);
  const base = baseline && boundsOf(baseline.data.value, baseline.data.unit);
  const facilities = facilitiesOf(base, moved.low, moved.unscoped);
  const recorded = fromDecimal(String(parts.reduce((total, { value }) => total + BigInt(value!), 0n)));
  if (compare(recorded, facilities) <= 0) return [];
  const explained = region.explanations.filter(({ figure }) => figures.includes(figure as FigureKey));
  const difference = exactText(minus(recorded, facilities));
  const counted = [
    baseline
      ? `${since}年末基期 ${printedText(baseline.data.value, baseline.data.unit)}，此后项目 ${moved.low}${unit}`
      : `没有登记基期数，项目 ${moved.low}${unit}`,
    ...(moved.unscoped > 0 ? [`未列口径 ${moved.unscoped}${unit}`] : []),
  ].join('，');
  const why = explained.map(({ explanation }) => explanation).join('；');
  return [
    {
      // Without a baseline the older facilities are not in the sum; what was explained is kept in sight.
      steps: [{ severity: baseline && explained.length === 0 ? 'error' : 'warning', from: `${year}-12-31` }],
      figures: {
        quantity: id,
        recorded: exactText(recorded),
        facilities: exactText(facilities),
        difference,
        ...(baseline && { baseline: printedText(baseline.data.value, baseline.data.unit) }),
        ...(baseline && { baselineYear: String(since) }),
        moved: String(moved.low),
        projects: String(moved.projects),
        explained: String(explained.length > 0),
      },
      events: [
        ...new Set([
          ...parts.flatMap(({ submission, check }) => [submission, check]),
          ...(baseline ? [baseline.eventId] : []),
          ...explained.map(({ eventId }) => eventId),
        ]),
      ],
      among: moved.events,
      sentence:
        `${year}年末${label}：统计 ${exactText(recorded)}${unit} − 设施合计 ${exactText(facilities)}${unit}` +
        `（${counted}）= ${difference}${unit}${why === '' ? '' : `；已说明：${why}`}`,
    },
  ];
}
