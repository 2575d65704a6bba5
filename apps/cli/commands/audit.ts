import type { Command } from 'commander';
import type { AuditReport } from '#libs/projection/audit.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import type { Table } from '../output/table.js';

export function addAudit(program: Command, context: CliContext): void {
  const command = program
    .command('audit')
    .description('逐个核对读模型收到的事件条数与事件库是否一致（延迟看不出漏记）');
  addFormatOptions(command).action(async (options: FormatOptions) => {
    await context.withSession(async ({ projections }) => {
      const reports = await projections.auditAll();
      printResult(context.terminal, options, { items: reports }, [tableOf(reports)]);
      if (reports.some(({ missing }) => missing !== 0)) context.exitCode = EXIT.notVerified;
    });
  });
}

function tableOf(reports: readonly AuditReport[]): Table {
  return {
    title: '读模型与事件库的条数核对',
    columns: [
      { header: '读模型' },
      { header: '事件库', align: 'right' },
      { header: '已收到', align: 'right' },
      { header: '已计入', align: 'right' },
      { header: '搁置', align: 'right' },
      { header: '相差', align: 'right' },
    ],
    rows: reports.map(({ projection, inStore, delivered, applied, parked, missing }) => [
      projection,
      ...[inStore, delivered, applied, parked, missing].map(String),
    ]),
  };
}
