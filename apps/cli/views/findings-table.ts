import type { FindingView } from '#libs/read-models/findings/queries.js';
import type { Table } from '../output/table.js';

/** Findings, one row each; several faults of one finding stand in one cell. */
export function findingsTable(findings: readonly FindingView[], on: string): Table {
  return {
    title: `疑点（${findings.length} 项，截至 ${on}）`,
    columns: [
      { header: '规则' },
      { header: '程度' },
      { header: '对象', maxWidth: 30 },
      { header: '地区', maxWidth: 16 },
      { header: '起始日' },
      { header: '处理' },
      { header: '说明', maxWidth: 60 },
    ],
    rows: findings.map(({ rule, severity, subject, regions, failsFrom, handling, reopened, items, why }) => [
      `${rule.id} ${rule.title}`,
      severity?.label ?? '',
      subject.name,
      regions.label,
      failsFrom ?? '',
      reopened ? `${handling.label}（事实已变）` : handling.label,
      why ?? items.map(({ sentence }) => sentence).join('；'),
    ]),
    notes: ['规则的方法、依据和参数见 docs/rules/<规则号>.md；数字背后的事件见 --json。'],
  };
}
