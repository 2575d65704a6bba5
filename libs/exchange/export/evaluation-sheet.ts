import type { Json } from '#libs/kernel/json.js';
import { regionName } from '#libs/kernel/regions.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { SHEETS } from '#libs/evaluation/domain/sheet/template.js';
import type { Entry } from '#libs/evaluation/snapshot/entry.js';
import type { ExportColumn, ExportSheet } from './sheet-model.js';

const COLUMNS: readonly (ExportColumn & { header: string })[] = [
  { header: '序号', kind: 'word', width: 7 },
  { header: '类别', kind: 'word', width: 12 },
  { header: '评价内容', kind: 'text', width: 26 },
  { header: '权重', kind: 'count', width: 8 },
  { header: '得分', kind: 'word', width: 10 },
  { header: '评分办法', kind: 'text', width: 34 },
  { header: '算式', kind: 'word', width: 20 },
  { header: '依据', kind: 'text', width: 40 },
];

/** The capability evaluation sheet 能力评价表 of a sealed snapshot, from the entries of its section `scores`. */
export function evaluationSheet(
  { region, year, sheet, digest }: Sealed,
  scores: readonly Entry[],
): ExportSheet {
  const template = SHEETS.find(({ id, version }) => id === sheet.id && version === sheet.version);
  if (!template) throw new Error(`no sheet ${sheet.id} of version ${sheet.version}`);
  const figuresOf = (key: string) => scores.find((entry) => entry.key === key)?.figures ?? {};
  const total = figuresOf('total');
  return {
    name: '能力评价',
    title: `${regionName(region)}${year}年度${template.title}`,
    scope: template.note,
    unit: '元',
    unitLine: '权重、得分单位:分',
    columns: COLUMNS,
    header: [COLUMNS.map(({ header }) => ({ text: header }))],
    rows: template.items.map(({ id, group, title, weight, scoring, evidence }) => {
      const { points, part, of, evidence: seen, comment } = figuresOf(`item/${id}`);
      return [
        id,
        group,
        title,
        weight,
        text(points) ?? '未评',
        scoring.kind === 'derived' ? '系统计算' : scoring.method,
        part == null ? null : `${text(part)} ÷ ${text(of)}`,
        [...evidenceOf(seen), text(comment) ?? ''].filter(Boolean).join(';') || evidence,
      ];
    }),
    total: [
      '合计',
      null,
      null,
      template.items.reduce((sum, { weight }) => sum + weight, 0),
      text(total['points']),
      null,
      null,
      null,
    ],
    notes: [
      `已评项目的权重合计 ${text(total['weightScored'])},未评 ${text(total['weightOpen'])};未评不是零分。`,
      `快照摘要(SHA-256):${digest}`,
    ],
  };
}

const text = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

function evidenceOf(seen: Json | undefined): string[] {
  const items = (seen ?? []) as { documentNumber?: string; fileDigest?: string; note?: string }[];
  return items.map(({ documentNumber, fileDigest, note }) =>
    [documentNumber, note, fileDigest && `文件 ${fileDigest.slice(0, 12)}…`].filter(Boolean).join(' '),
  );
}
