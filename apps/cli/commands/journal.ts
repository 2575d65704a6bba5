import type { Command } from 'commander';
import { FUND_STAGES, FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { LedgerEntriesQuery, type JournalFilter } from '#libs/read-models/ledger/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, uuid, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { entriesTable } from '../views/trace-tables.js';

type Options = JournalFilter & FormatOptions & { yuan?: true };

/** The journal lines behind a figure of `ledger`. */
export function addJournal(program: Command, context: CliContext): void {
  const command = program
    .command('journal')
    .description('分录账：台账数字背后的分录，按记录先后；条件与 ledger 相同')
    .option('--stage <环节>', '环节，如 支付', oneOf(FUND_STAGES))
    .option('--project-id <标识>', '只看一个项目', uuid)
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--year <年>', '预算年度', year)
    .option('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--event-id <标识>', '只看一个事件的分录', uuid)
    .option('--document-number <文号>', '文号或依据，与登记的完全一致')
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { yuan, json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const entries = await allPages((cursor) =>
        session.query(new LedgerEntriesQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      const table = entriesTable(entries, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items: entries }, [table]);
    });
  });
}
