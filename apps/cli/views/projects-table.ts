import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import type { ProjectRow } from '#libs/read-models/register/queries.js';
import type { Table } from '../output/table.js';
import { amount, NONE, range, type Unit } from './cells.js';

const KINDS: Record<CapacityKind, string> = {
  beds: '床位',
  nursingBeds: '护理型',
  places: '托位',
  inclusivePlaces: '普惠',
};

/** The register: one row a project. `plain` is for programs: no thousands separators, unknown is empty. */
export function projectsTable(projects: readonly ProjectRow[], unit: Unit, plain = false): Table {
  const table = projectList(projects, unit, plain);
  return {
    ...table,
    columns: [{ header: '项目标识' }, ...table.columns],
    rows: table.rows.map((row, n) => [projects[n]!.id, ...row]),
  };
}

/** The same without the ids, which nobody reads. */
export function projectList(projects: readonly ProjectRow[], unit: Unit, plain = false): Table {
  return {
    title: `项目（${projects.length} 个，单位：${unit}）`,
    columns: [
      { header: '项目名称', maxWidth: 40 },
      { header: '项目类型' },
      { header: '阶段' },
      { header: '地区', maxWidth: 20 },
      { header: '投入使用' },
      { header: '计划规模' },
      { header: '总投资', align: 'right' },
      { header: '自筹资金', align: 'right' },
      { header: '来源未列', align: 'right' },
    ],
    rows: projects.map((project) => [
      project.name,
      project.category.label,
      project.stage.label,
      project.regions.label,
      project.plannedUse ?? (plain ? '' : NONE),
      plannedScale(project, plain ? '' : '未知'),
      amount(project.totalInvestment, unit, plain),
      amount(project.selfRaised, unit, plain),
      amount(project.unsourced, unit, plain),
    ]),
  };
}

function plannedScale({ plannedCapacity }: ProjectRow, unknown: string): string {
  const known = CAPACITY_KINDS.flatMap((kind) => {
    const count = plannedCapacity[kind];
    return count ? [`${KINDS[kind]} ${range(count)}`] : [];
  });
  return known.join(' ') || unknown;
}
