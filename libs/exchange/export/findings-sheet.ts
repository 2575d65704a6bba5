import { regionName, type RegionCode } from '#libs/kernel/regions.js';
import type { FindingView } from '#libs/read-models/findings/queries.js';
import type { ExportColumn, ExportSheet, PrintedNumber } from './sheet-model.js';

const COLUMNS: readonly (ExportColumn & { header: string })[] = [
  { header: '序号', kind: 'count', width: 7 },
  { header: '规则', kind: 'word', width: 8 },
  { header: '疑点', kind: 'text', width: 26 },
  { header: '程度', kind: 'word', width: 9 },
  { header: '项目（对象）', kind: 'text', width: 30 },
  { header: '地区', kind: 'text', width: 18 },
  { header: '起算日期', kind: 'word', width: 13 },
  { header: '情况', kind: 'text', width: 60 },
  { header: '依据', kind: 'text', width: 30 },
  { header: '处理', kind: 'word', width: 12 },
];

/** Findings as a bureau files them: one row a rule and project, with the sentences that give the figures. */
export function findingsSheet(
  findings: readonly FindingView[],
  { region, on }: { region?: RegionCode; on: string },
): ExportSheet {
  return {
    name: '疑点',
    title: `${region === undefined ? '' : regionName(region)}疑点清单`,
    scope: `截至 ${on}`,
    unit: '元',
    columns: COLUMNS,
    header: [COLUMNS.map(({ header }) => ({ text: header }))],
    rows: findings.map(({ rule, severity, subject, regions, failsFrom, items, handling }, n) => [
      n + 1,
      rule.id,
      rule.title,
      severity?.label ?? null,
      subject.name,
      regions.label,
      failsFrom,
      items.map(({ sentence }) => sentence).join('\n'),
      rule.basis,
      handling.label,
    ]),
    total: [null, '合计', countOf(findings), '项', ...COLUMNS.slice(4).map(() => null)],
    notes: [],
  };
}

/** How many there are, counted by the workbook itself; where there is no row, there is nothing to count. */
function countOf({ length }: readonly FindingView[]): PrintedNumber {
  return { value: String(length), ...(length > 0 && { formula: 'COUNT(A{first}:A{last})' }) };
}
