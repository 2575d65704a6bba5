import { printWan } from '#libs/kernel/money.js';
import { regionName } from '#libs/kernel/regions.js';
import type { ItemScore, Sealed } from '#libs/evaluation/domain/events.js';
import type { Entry } from '#libs/evaluation/snapshot/entry.js';
import { sealedSheet, type SealedSheetItem } from '#libs/evaluation/snapshot/sealed-sheet.js';
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
export function evaluationSheet(sealed: Sealed, scores: readonly Entry[]): ExportSheet {
  const { region, year, digest } = sealed;
  const { sheet, items, total, weight, weightScored, weightOpen } = sealedSheet(sealed, scores);
  return {
    name: '能力评价',
    title: `${regionName(region)}${year}年度${sheet.title}`,
    scope: sheet.note,
    unit: '元',
    unitLine: '权重、得分单位：分',
    columns: COLUMNS,
    header: [COLUMNS.map(({ header }) => ({ text: header }))],
    rows: items.map(({ id, group, title, weight: most, points, scoring, share, seen, comment, evidence }) => [
      id,
      group,
      title,
      most,
      points ?? '未评',
      scoring.kind === 'derived' ? '系统计算' : scoring.how,
      share && shareText(share),
      [...evidenceOf(seen), comment ?? ''].filter(Boolean).join('；') || evidence,
    ]),
    total: ['合计', null, null, weight, total, null, null, null],
    notes: [
      `已评项目的权重合计 ${weightScored}，未评 ${weightOpen}；未评不是零分。`,
      `快照摘要（SHA-256）：${digest}`,
    ],
  };
}

function shareText({ part, of, unit }: NonNullable<SealedSheetItem['share']>): string {
  if (unit === 'count') return `${part} ÷ ${of}`;
  return `${printWan(BigInt(part))} ÷ ${printWan(BigInt(of))} 万元`;
}

function evidenceOf(seen: ItemScore['evidence']): string[] {
  return seen.map(({ documentNumber, fileDigest, note }) =>
    [documentNumber, note, fileDigest && `文件 ${fileDigest.slice(0, 12)}…`].filter(Boolean).join(' '),
  );
}
