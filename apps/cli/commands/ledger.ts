import type { Command } from 'commander';
import { Refusal } from '#libs/kernel/refusal.js';
import { FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import {
  LEDGER_DIMENSIONS,
  LedgerQuery,
  ROWS_OF_A_FILE,
  type LedgerDimension,
  type LedgerFilter,
} from '#libs/read-models/ledger/queries.js';
import { ledgerSheet } from '#libs/exchange/export/ledger-sheet.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { writeWorkbook } from '../output/write-workbook.js';
import { ledgerTable } from '../views/ledger-table.js';

type Options = LedgerFilter & FormatOptions & { groupBy: string; yuan?: true; xlsx?: string };

export function addLedger(program: Command, context: CliContext): void {
  const command = program
    .command('ledger')
    .description('投资台账：按项目、来源、年度、地区、类型或投入使用年份汇总')
    .option('--group-by <维度>', `逗号分隔：${LEDGER_DIMENSIONS.join(', ')}`, 'category')
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--year <年>', '预算年度', year)
    .option('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--xlsx <文件>', '写成可报送的 .xlsx：标题、单位、合并表头、公式合计、打印设置')
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { groupBy, yuan, json, csv, xlsx, ...filter } = options;
    const query = new LedgerQuery(given({ ...filter, groupBy: readDimensions(groupBy) }), ROWS_OF_A_FILE);
    await context.withReads(async (session) => {
      const ledger = await session.query(query);
      const unit = yuan ? '元' : '万元';
      if (xlsx !== undefined)
        return writeWorkbook(context, xlsx, await ledgerSheet(ledger, given(filter), unit));
      const table = ledgerTable(ledger, unit, csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, ledger, [table]);
    });
  });
}

/** @throws Refusal `ledger.badGroupBy` */
function readDimensions(text: string): LedgerDimension[] {
  const words = text.split(',').filter((word) => word !== '');
  const unknown = words.filter((word) => !(LEDGER_DIMENSIONS as readonly string[]).includes(word));
  if (unknown.length === 0) return [...new Set(words)] as LedgerDimension[];
  const message = `不能按“${unknown.join('、')}”汇总，可用：${LEDGER_DIMENSIONS.join('、')}`;
  throw new Refusal('ledger.badGroupBy', message, { unknown });
}
