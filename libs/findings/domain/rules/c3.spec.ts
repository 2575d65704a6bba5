import { idFor } from '#libs/kernel/ids.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { baseline, eventIdOf } from '#libs/plans/domain/testing/plan-specification.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { DEFAULT_PARAMETERS } from '../default-rule-set.js';
import type { RegionYear } from '../region-year.js';
import type { SupplySum } from '../supply.js';
import { figuresAfter } from '../testing/figures.js';
import { c3 } from './c3-statistics-over-facilities.js';

const [SUBMISSION, CHECK, PROJECT, EXPLANATION] = ['submission', 'check', 'project', 'explanation'].map(
  (word) => idFor(word),
) as [string, string, string, string];
const NOTHING: SupplySum = { low: 0, high: 0, projects: 0, unknown: 0, unscoped: 0, events: [] };

function region(
  figures: Partial<Record<FigureKey, string | null>>,
  commands: readonly PlanCommand[],
  moved: Partial<SupplySum> = {},
  explanations: RegionYear['explanations'] = [],
): RegionYear {
  const report = { reportedBy: '示例州卫生健康委', submission: SUBMISSION, check: CHECK };
  return {
    region: '990100',
    year: 2024,
    checked: new Map(
      Object.entries(figures).map(([figure, value]) => [figure as FigureKey, { value, ...report }]),
    ),
    explanations,
    figures: figuresAfter(commands),
    moved: () => ({ ...NOTHING, ...moved }),
  };
}
const judged = (...facts: Parameters<typeof region>) => c3.evaluate(region(...facts), DEFAULT_PARAMETERS);
const stock = (indicator: string, value: string) =>
  baseline(value, { indicator, printedName: indicator, unit: '张' });
const BUILT = { low: 200, high: 200, projects: 2, events: [PROJECT] };

it('fires where more is reported than the baseline and the projects since add up to', () => {
  expect(judged({ places: '12760' }, [baseline('12559')], BUILT)).toEqual({
    kind: 'fail',
    items: [
      {
        steps: [{ severity: 'error', from: '2024-12-31' }],
        figures: {
          quantity: 'places',
          recorded: '12760',
          facilities: '12759',
          difference: '1',
          baseline: '12559个',
          baselineYear: '2022',
          moved: '200',
          projects: '2',
          explained: 'false',
        },
        events: [SUBMISSION, CHECK, eventIdOf(1)],
        among: [PROJECT],
        sentence:
          '2024年末托位：统计 12760个 − 设施合计 12759个（2022年末基期 12559个，此后项目 200个）= 1个',
      },
    ],
  });
});

it('warns only, where no baseline is recorded and where the difference was explained', () => {
  const why = [{ figure: 'places', explanation: '家庭托育点未入库', eventId: EXPLANATION }];
  const explained = judged({ places: '13000' }, [baseline('12559')], BUILT, why);
  expect(explained).toMatchObject({
    items: [{ steps: [{ severity: 'warning' }], figures: { explained: 'true' } }],
  });
  expect(JSON.stringify(explained)).toContain('已说明：家庭托育点未入库');
  expect(JSON.stringify(explained)).toContain(EXPLANATION);
  expect(judged({ places: '300' }, [], BUILT)).toMatchObject({
    items: [{ steps: [{ severity: 'warning' }], figures: { facilities: '200', difference: '100' } }],
  });
});

it('compares beds within their scope, and lets beds of no known scope make up for what is more', () => {
  const commands = [stock('养老机构床位数', '1000'), stock('养老床位数', '3000')];
  const spare = { low: 100, high: 100, projects: 1, unscoped: 10 };
  expect(judged({ institutionBeds: '1110' }, commands, spare)).toEqual({ kind: 'pass' });
  expect(judged({ institutionBeds: '1111' }, commands, spare)).toMatchObject({
    items: [{ figures: { quantity: 'institutionBeds', difference: '1' } }],
  });
  const all = { institutionBeds: '1000', communityBeds: '1500', homeBeds: '601' };
  expect(judged(all, commands, { low: 100 })).toMatchObject({
    items: [{ figures: { quantity: 'beds', recorded: '3101', facilities: '3100' } }],
  });
  const alone = judged(all, [stock('养老床位数', '3000')], { low: 100 });
  expect(alone.kind === 'fail' && alone.items.map(({ figures }) => figures['quantity'])).toEqual(['beds']);
});

it('passes where the facilities cover what is reported', () => {
  expect(judged({ places: '12759' }, [baseline('12559')], BUILT)).toEqual({ kind: 'pass' });
});

it('does not apply where nothing is checked, or only what is unknown', () => {
  for (const figures of [{}, { places: null }, { residents: '4858400' }]) {
    expect(judged(figures, [baseline('12559')], BUILT)).toEqual({
      kind: 'notApplicable',
      why: '没有已审核的年度床位、托位统计数',
    });
  }
});
