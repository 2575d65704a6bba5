import type { Addition, Trajectory } from '#libs/read-models/plans/queries.js';
import type { Column, Table } from '../output/table.js';
import { NONE, range, yearCell } from './cells.js';
import { ends } from './indicators-table.js';

const right = (header: string): Column => ({ header, align: 'right' });
const ADDITION = [right('项目'), right('将增加'), right('未知项目')];
const additionCells = (addition: Addition): string[] => [
  String(addition.projects),
  range(addition),
  String(addition.unknownProjects),
];

/** Target by target what is missing; then where it is to come from, by year and by county. */
export function trajectoryTables({
  plan,
  day,
  indicator,
  actual,
  value,
  targets,
  pipeline,
  counties,
  contradictions,
}: Trajectory): Table[] {
  return [
    {
      title: `“${indicator.name}”到目标的路径，截至 ${day}：${plan.title}`,
      columns: [
        { header: '年度' },
        right('目标'),
        { header: '属性' },
        ...['需要', '尚缺', '清单安排', '未知项目', '仍缺', '每年须投用'].map(right),
        { header: '位置', maxWidth: 24 },
      ],
      rows: targets.map((target) => [
        String(target.year),
        target.printed,
        target.attribute?.label ?? NONE,
        target.needed,
        target.missing ?? '未知',
        range(target.planned),
        String(target.planned.unknownProjects),
        target.stillMissing ? stillMissing(target.stillMissing) : '未知',
        target.perYear ?? NONE,
        target.locator,
      ]),
      notes: [
        `现有${actual.label} ${actual.low ?? '未知'}（${actual.explanation}）${value ? `，即 ${value.printed}${indicator.unit}` : ''}`,
        ...contradictions.map(({ rule, sentence }) => `${rule}：${sentence}`),
      ],
    },
    {
      title: '尚未投用的项目，按计划投用年份',
      columns: [{ header: '年度' }, { header: '阶段' }, ...ADDITION],
      rows: pipeline.map((row) => [yearCell(row.year, '未列'), row.stage.label, ...additionCells(row)]),
    },
    {
      title: '按所在县',
      columns: [{ header: '地区', maxWidth: 40 }, right('分解数'), ...ADDITION],
      rows: counties.map((row) => [row.region.label, row.share ?? NONE, ...additionCells(row)]),
    },
  ];
}

const stillMissing = ({ low, high }: { low: string; high: string }): string =>
  low === high ? low : `${low}–${high}`;

/** The last binding target in one sentence, the last one where none is binding. */
export function trajectoryLine({ plan, indicator, actual, denominator, value, targets }: Trajectory): string {
  const target = targets.findLast(({ attribute }) => attribute?.key === 'Binding') ?? targets.at(-1);
  const parts = denominator ? `（${ends(actual)} ÷ ${ends(denominator)}）` : '';
  const now = `${plan.region.name}“${indicator.name}”${value?.printed ?? '未知'}${parts}`;
  if (!target) return `${now}；方案没有写明年份的目标`;
  const { year, printed, needed, missing, planned } = target;
  return `${now}；${year}年目标 ${printed} 需 ${needed}，尚缺 ${missing ?? '未知'}，清单安排 ${range(planned)}`;
}
