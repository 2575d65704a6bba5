import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import type { YearlyCount, YearlyCounts, YearRow } from '#libs/read-models/yearly-counts/queries.js';
import type { Column, Table } from '../output/table.js';
import { NONE, range, yearCell } from './cells.js';

const KINDS: Record<CapacityKind, string> = {
  beds: '养老床位（张）',
  nursingBeds: '护理型床位（张）',
  places: '托位（个）',
  inclusivePlaces: '普惠托位（个）',
};

const right = (header: string): Column => ({ header, align: 'right' });

/** One row a year and kind; kinds without any figure are left out. Planned ranges stay ranges: 350–450. */
export function yearlyCountsTable(counts: YearlyCounts): Table {
  const kinds = CAPACITY_KINDS.filter((kind) => counts.total.some((row) => hasFigures(row.counts[kind])));
  const groups = counts.groups.map((group) => group.region?.label ?? group.category?.label ?? NONE);
  const grouped = groups.length > 0;
  const rowsOf = (years: readonly YearRow[], label: string) =>
    years.flatMap((row) =>
      kinds
        .filter((kind) => row.year !== null || row.counts[kind].planned.projects > 0)
        .map((kind) => [...(grouped ? [label] : []), ...cells(row, kind)]),
    );
  const total = rowsOf(counts.total, '合计');
  return {
    title: `床位、托位年度数（${counts.from}–${counts.to} 年）`,
    columns: [
      ...(grouped ? [{ header: '分组', maxWidth: 30 }] : []),
      { header: '年度' },
      { header: '指标' },
      right('计划投用'),
      right('未知项目'),
      right('当年投用'),
      right('变更'),
      right('停用'),
      right('年末存量'),
    ],
    rows: grouped ? counts.groups.flatMap((group, n) => rowsOf(group.years, groups[n] ?? NONE)) : total,
    ...(grouped && { totals: total }),
    notes: [
      '计划投用按清单所列投入使用年份；区间保留上下限；“未知项目”未列规模，不按零计。',
      stockNote(counts),
    ],
  };
}

/** What the stock counts from: a plan's baseline where there is one, else the first record. */
function stockNote({ total }: YearlyCounts): string {
  const found = CAPACITY_KINDS.flatMap((kind) => {
    const baseline = total.at(-1)?.counts[kind].baseline;
    return baseline ? [`${KINDS[kind]} ${baseline.year} 年末 ${baseline.count}`] : [];
  });
  return found.length > 0
    ? `存量自方案所载基期起计：${found.join('、')}；其余自第一条记录起计。`
    : '存量自第一条记录起计，没有登记基期数。';
}

/** The same for programs: both ends of a range in columns of their own, what is unknown left empty. */
export function yearlyCountsCsv(counts: YearlyCounts): Table {
  const groups = counts.groups.map((group) => ({
    label: group.region?.label ?? group.category?.label ?? '',
    years: group.years,
  }));
  const rows = (groups.length > 0 ? groups : [{ label: '', years: counts.total }]).flatMap(
    ({ label, years }) =>
      years.flatMap(({ year, counts: byKind }) =>
        CAPACITY_KINDS.map((kind) => {
          const { planned, ...actual } = byKind[kind];
          const range = onlyUnknown(planned) ? ['', ''] : [planned.low, planned.high];
          const { commissioned, changed, decommissioned, stockAtYearEnd } = actual;
          const used = [commissioned, changed, decommissioned, stockAtYearEnd];
          const figures = [...range, planned.unknownProjects, planned.projects];
          const all = [...figures, ...(year === null ? used.map(() => '') : used)];
          return [label, yearCell(year, ''), kind, ...all.map(String)];
        }),
      ),
  );
  const headers = [
    '分组',
    '年度',
    '指标',
    '计划低',
    '计划高',
    '未知项目',
    '计划项目',
    '当年投用',
    '变更',
    '停用',
    '年末存量',
  ];
  return { title: '', columns: headers.map((header) => ({ header })), rows };
}

function cells({ year, counts }: YearRow, kind: CapacityKind): string[] {
  const count = counts[kind];
  const actual = [count.commissioned, count.changed, count.decommissioned, count.stockAtYearEnd];
  return [
    yearCell(year, '未列'),
    KINDS[kind],
    planned(count),
    count.planned.unknownProjects > 0 ? String(count.planned.unknownProjects) : NONE,
    ...actual.map((number) => (year === null ? NONE : String(number))),
  ];
}

/** Unknown is not zero: a sum over nothing but unknown counts is 未知. */
function planned({ planned }: YearlyCount): string {
  if (planned.projects === 0) return NONE;
  return onlyUnknown(planned) ? '未知' : range(planned);
}

function onlyUnknown({ projects, unknownProjects }: YearlyCount['planned']): boolean {
  return projects > 0 && projects === unknownProjects;
}

function hasFigures(count: YearlyCount): boolean {
  const { planned, commissioned, changed, decommissioned, stockAtYearEnd } = count;
  return planned.projects > 0 || [commissioned, changed, decommissioned, stockAtYearEnd].some((n) => n !== 0);
}
