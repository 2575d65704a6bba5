import type { Command } from 'commander';
import { Refusal } from '#libs/kernel/refusal.js';
import { FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import {
  ACCOUNT_DIMENSIONS,
  AccountBalancesQuery,
  type AccountDimension,
} from '#libs/read-models/ledger/account-queries.js';
import type { LedgerFilter } from '#libs/read-models/ledger/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, uuid, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { balancesTable } from '../views/balances-table.js';

type Options = LedgerFilter & FormatOptions & { groupBy: string; yuan?: true };

/** What came into each stage account, what left it and what stands on it. */
export function addBalances(program: Command, context: CliContext): void {
  const command = program
    .command('balances')
    .description('科目余额：各环节转入、转出与余额，全部科目合计为零')
    .option('--group-by <维度>', `逗号分隔：${ACCOUNT_DIMENSIONS.join(', ')}`, 'source,level,year')
    .option('--project-id <标识>', '只看一个项目', uuid)
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--year <年>', '预算年度', year)
    .option('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { groupBy, yuan, json, csv, ...filter } = options;
    const query = new AccountBalancesQuery({ ...given(filter), groupBy: readDimensions(groupBy) });
    await context.withReads(async (session) => {
      const balances = await session.query(query);
      const table = balancesTable(balances, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, balances, [table]);
    });
  });
}

/** @throws Refusal `ledger.badGroupBy` */
function readDimensions(text: string): AccountDimension[] {
  const words = text.split(',').filter((word) => word !== '');
  const unknown = words.filter((word) => !(ACCOUNT_DIMENSIONS as readonly string[]).includes(word));
  if (unknown.length === 0) return [...new Set(words)] as AccountDimension[];
  const message = `不能按“${unknown.join('、')}”分列，可用：${ACCOUNT_DIMENSIONS.join('、')}`;
  throw new Refusal('ledger.badGroupBy', message, { unknown });
}
