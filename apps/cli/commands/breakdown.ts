import type { Command } from 'commander';
import { breakdownSheet, breakdownTemplate } from '#libs/exchange/export/breakdown-sheet.js';
import { csvBytes } from '#libs/exchange/export/csv-bytes.js';
import { refuse } from '#libs/plans/domain/refusal-codes.js';
import { PlanBreakdownQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, planId, type AsOfOptions } from '../options.js';
import { writeWorkbook } from '../output/write-workbook.js';

type Options = AsOfOptions & { template?: true; xlsx?: string };

/** `taizhang breakdown`: a plan's county shares as a table that `import-plan` reads again, or one to fill in. */
export function addBreakdown(program: Command, context: CliContext): void {
  const command = program
    .command('breakdown')
    .description('一份方案的分县分解表（CSV 或 .xlsx，可用 import-plan 导入）')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .option('--template', '待填的空表：下一级各地区 × 方案的数量目标')
    .option('--xlsx <文件>', '写成 .xlsx：标题、单位、公式合计、打印设置');
  addAsOfOptions(command).action(async (id: string, { template, xlsx, ...asOf }: Options) => {
    await context.withReads(async (session) => {
      const { plan, shares, targets } = await session.query(
        new PlanBreakdownQuery({ planId: id, ...given(asOf) }),
      );
      const sheet =
        (template ? breakdownTemplate(plan, targets) : breakdownSheet(plan, shares)) ??
        refuse('plan.noBreakdown', `“${plan.title}”没有分县分解`, { planId: id });
      if (xlsx !== undefined) return writeWorkbook(context, xlsx, sheet);
      context.terminal.out((await csvBytes(sheet)).toString());
    });
  });
}
