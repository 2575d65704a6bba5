import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import { printResult, type FormatOptions } from '../output/print.js';
import type { Table } from '../output/table.js';
import { startProgress } from '../progress.js';
import { NONE } from '../views/cells.js';
import type { RebuildReport } from '#libs/projection/rebuild.js';

export function addRebuild(program: Command, context: CliContext): void {
  program
    .command('rebuild')
    .description('重建一个读模型：新一代与在用的并存，核对合计后一次切换')
    .argument('<读模型>', '如 investment-ledger；名称有误时会列出可选的')
    .option('--json', '输出 JSON，供程序读取')
    .action(async (name: string, options: FormatOptions) => {
      // Running projections refuse a store they were not built from; to be rebuilt from it is what is asked for here.
      const settings = { runProjections: false };
      await context.withSession(async ({ projections }) => {
        const progress = startProgress(context.terminal, `重建 ${name}`, 0);
        try {
          const report = await projections.rebuild(name, ({ events, of }) => progress.update(events, of));
          progress.stop();
          printResult(context.terminal, options, report, [reportTable(report)]);
        } finally {
          progress.stop();
        }
      }, settings);
    });
}

function reportTable({
  projection,
  generation,
  events,
  seconds,
  before,
  after,
  differences,
}: RebuildReport): Table {
  const rate = seconds > 0 ? Math.round(events / seconds) : events;
  return {
    title: `${projection} 第 ${generation} 代：${events} 条事件，${seconds.toFixed(1)} 秒（${rate} 条/秒）`,
    columns: [
      { header: '合计项' },
      { header: '重建前', align: 'right' },
      { header: '重建后', align: 'right' },
      { header: '核对' },
    ],
    rows: Object.entries(after).map(([total, value]) => [
      total,
      before?.[total] ?? NONE,
      value,
      before === null ? '无从核对' : differences.includes(total) ? '不一致' : '一致',
    ]),
  };
}
