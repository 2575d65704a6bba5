import { printPartialDate } from '#libs/kernel/partial-date.js';
import { CAPACITY_KINDS, type PlannedCapacity } from '#libs/kernel/capacity.js';
import type { ProjectRow, ProjectSums } from '#libs/read-models/register/queries.js';
import type { AsOf } from '#libs/read-models/views.js';
import { asOfWords } from './as-of-words.js';
import type { AmountUnit, ExportColumn, ExportSheet, ExportValue } from './sheet-model.js';

interface Column extends ExportColumn {
  header: string;
  value: (project: ProjectRow, n: number) => ExportValue;
  /** Of all rows. */
  total?: (sums: ProjectSums) => ExportValue;
}

const fen = (amount: { fen: string } | null): bigint | null => amount && BigInt(amount.fen);

/** What a table of projects can show, by the names that a screen chooses its columns with. */
export const PROJECT_COLUMNS = {
  sequence: { header: '序号', kind: 'count', width: 7, value: (_, n) => n + 1 },
  code: { header: '项目代码', kind: 'word', width: 28, value: ({ code }) => code },
  name: { header: '项目名称', kind: 'text', width: 34, value: ({ name }) => name },
  category: { header: '项目类型', kind: 'word', width: 11, value: ({ category }) => category.label },
  stage: { header: '状态', kind: 'word', width: 12, value: ({ stage }) => stage.label },
  plannedUse: {
    header: '投入使用时间',
    kind: 'word',
    width: 14,
    value: ({ plannedUse }) => plannedUse && printPartialDate(plannedUse),
  },
  place: { header: '实施地点', kind: 'text', width: 20, value: ({ place }) => place },
  scope: { header: '建设内容和规模', kind: 'text', width: 36, value: ({ scope }) => scope },
  capacity: {
    header: '计划规模',
    kind: 'text',
    width: 24,
    value: ({ plannedCapacity }) => capacityText(plannedCapacity),
  },
  totalInvestment: {
    header: '总投资',
    kind: 'amount',
    width: 12,
    value: ({ totalInvestment }) => fen(totalInvestment),
    total: ({ totalInvestment }) => fen(totalInvestment),
  },
  selfRaised: {
    header: '自筹资金',
    kind: 'amount',
    width: 12,
    value: ({ selfRaised }) => fen(selfRaised),
    total: ({ selfRaised }) => fen(selfRaised),
  },
  unsourced: {
    header: '来源未列',
    kind: 'amount',
    width: 12,
    value: ({ unsourced }) => fen(unsourced),
    total: ({ unsourced }) => fen(unsourced),
  },
  implementingUnits: {
    header: '组织实施单位',
    kind: 'text',
    width: 24,
    value: ({ implementingUnits }) => implementingUnits.join('、'),
  },
} as const satisfies Record<string, Column>;
export type ProjectColumn = keyof typeof PROJECT_COLUMNS;

const KIND_WORDS = { beds: '床位', nursingBeds: '护理型床位', places: '托位', inclusivePlaces: '普惠托位' };

function capacityText(planned: PlannedCapacity): string | null {
  const known = CAPACITY_KINDS.flatMap((kind) => {
    const range = planned[kind];
    if (!range) return [];
    return `${KIND_WORDS[kind]}${range.low === range.high ? range.low : `${range.low}—${range.high}`}`;
  });
  return known.length > 0 ? known.join('，') : null;
}

interface Shape {
  columns: readonly ProjectColumn[];
  /** Which times the projects are shown at. */
  asOf: AsOf;
  unit?: AmountUnit;
}

/** Projects as a screen shows them: in its order, with its columns and its sums. */
export function projectsSheet(
  projects: readonly ProjectRow[],
  sums: ProjectSums,
  { columns: chosen, asOf, unit = '万元' }: Shape,
): ExportSheet {
  const columns: readonly Column[] = chosen.map((key) => PROJECT_COLUMNS[key]);
  const named = chosen.indexOf('name');
  return {
    name: '项目一览',
    title: '“一老一小”重大项目一览',
    scope: [`共 ${sums.projects} 个项目`, ...asOfWords(asOf)].join('；'),
    unit,
    columns,
    header: [columns.map(({ header }) => ({ text: header }))],
    rows: projects.map((project, n) => columns.map(({ value }) => value(project, n))),
    total: columns.map(({ total }, n) => (n === Math.max(named, 0) ? '合计' : (total?.(sums) ?? null))),
    notes: sums.unknownTotals > 0 ? [`${sums.unknownTotals} 个项目总投资未知，未计入合计`] : [],
  };
}
