import { printYuan } from '#libs/kernel/money.js';
import { regionName } from '#libs/kernel/regions.js';
import type { YearCarrying } from '#libs/projects/application/year-carrier.js';
import { FUND_STAGES, FUNDING_LEVELS, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { Table } from '../output/table.js';

/** What a carrying did or would do: in sum, amount by amount, and the projects that refused with the reason of each. */
export function carryingTables(carrying: YearCarrying): { summary: Table; amounts: Table; refused: Table } {
  const { region, year, toYear, dryRun, carried, unchanged, amounts, refused } = carrying;
  const total = amounts.reduce((sum, { fen }) => sum + fen, 0n);
  const done = dryRun ? '将结转' : '本次结转';
  return {
    summary: {
      title: `${dryRun ? '试结转（未记录任何内容）' : '结转'}：${regionName(region)} ${year} → ${toYear} 年度（单位：元）`,
      columns: ['项目数', done, '无可结转', '未能结转', '笔数', '金额'].map((header) => ({
        header,
        align: 'right',
      })),
      rows: [
        [
          ...[carried + unchanged + refused.length, carried, unchanged, refused.length, amounts.length].map(
            String,
          ),
          printYuan(total),
        ],
      ],
    },
    amounts: {
      title: `${done}的资金（单位：元）`,
      columns: [
        { header: '项目标识' },
        { header: '项目名称', maxWidth: 40 },
        { header: '资金来源' },
        { header: '层级' },
        { header: '环节' },
        { header: '金额', align: 'right' },
      ],
      rows: amounts.map(({ projectId, name, source, level, stage, fen }) => [
        projectId,
        name,
        FUNDING_SOURCES[source],
        level === undefined ? '' : FUNDING_LEVELS[level],
        FUND_STAGES[stage],
        printYuan(fen),
      ]),
    },
    refused: {
      title: '未能结转的项目',
      columns: [
        { header: '项目标识' },
        { header: '项目名称', maxWidth: 40 },
        { header: '原因', maxWidth: 60 },
      ],
      rows: refused.map(({ projectId, name, code, message }) => [projectId, name, `${message} [${code}]`]),
    },
  };
}
