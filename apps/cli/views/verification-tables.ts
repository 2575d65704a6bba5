import type { BundleVerification } from '#libs/audit-chain/application/bundle-verifier.js';
import type { Verification } from '#libs/audit-chain/application/verification.js';
import { PROBLEM_KINDS, type Problem } from '#libs/audit-chain/domain/problems.js';
import type { Table } from '../output/table.js';
import { NONE } from './cells.js';

/** What was looked at, then what is wrong, the first place first. */
export function verificationTables(found: Verification, notes: readonly string[] = []): Table[] {
  const { holds, events, head, unchained, anchors, keyFingerprints, tables, sealed } = found;
  const summary: Table = {
    title: holds ? '核验通过' : `核验未通过：${found.problemCount} 处`,
    columns: [{ header: '项' }, { header: '结果' }],
    rows: [
      ['事件', `${events} 条${unchained > 0 ? `，其中 ${unchained} 条尚未入链` : ''}`],
      ['链首', head],
      ['锚', `${anchors.total} 个：${anchors.met} 个相符，${anchors.contradicted} 个不符`],
      ['锚签至', anchors.upTo === 0 ? NONE : `第 ${anchors.upTo} 条事件`],
      ['公钥指纹', keyFingerprints.join('\n') || NONE],
      ['查询数据', `${tables.projections} 个，${tables.tables} 张表，${tables.rows} 行`],
      ['封存内容', `${sealed} 份`],
    ],
    notes: [
      ...notes,
      ...(anchors.met === 0 ? ['没有相符的锚：只能说明数据彼此一致，不能说明没有被整体改写过。'] : []),
    ],
  };
  if (found.first === null) return [summary];
  return [summary, problemTable(found)];
}

function problemTable({ problems, problemCount }: Verification): Table {
  return {
    title: '不符之处',
    columns: [
      { header: '位置' },
      { header: '种类' },
      { header: '说明', maxWidth: 60 },
      { header: '应为', maxWidth: 40 },
      { header: '现为', maxWidth: 40 },
    ],
    rows: problems.map((each) => [
      placeOf(each),
      `${PROBLEM_KINDS[each.kind]}（${each.kind}）`,
      each.message,
      each.expected ?? NONE,
      each.found ?? NONE,
    ]),
    notes: problemCount > problems.length ? [`只列出前 ${problems.length} 处。`] : [],
  };
}

function placeOf({ sequence, upTo, position }: Problem): string {
  if (sequence === null) return position ?? NONE;
  return upTo === null || upTo === sequence ? `第 ${sequence} 条` : `第 ${sequence}–${upTo} 条`;
}

export function bundleNotes({ madeAt, scope, withheld, keysOfBundle }: BundleVerification): string[] {
  const parts = [scope.region && `行政区划 ${scope.region}`, scope.year && `截至 ${scope.year} 年`].filter(
    Boolean,
  );
  return [
    `证据包作于 ${madeAt}，范围：${parts.join('、') || '全部'}${withheld > 0 ? `；${withheld} 条事件只给摘要` : ''}。`,
    ...(keysOfBundle
      ? ['公钥来自包内：请把上面的指纹与公布的比对，或以 --public-key 指明另行取得的公钥。']
      : []),
  ];
}
