import type { Command } from 'commander';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { PlanDocumentsQuery, type PlanDocumentFilter } from '#libs/read-models/fund-plans/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { planDocumentsTable } from '../views/trace-tables.js';

type Options = PlanDocumentFilter & FormatOptions & { yuan?: true };

export function addPlanDocuments(program: Command, context: CliContext): void {
  const command = program
    .command('plan-documents')
    .description('投资计划：总额、已占用和余额')
    .option('--region <代码>', '下达到的地区，含其下各级', region)
    .option('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--year <年>', '预算年度', year)
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { yuan, json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const documents = await allPages((cursor) =>
        session.query(new PlanDocumentsQuery({ ...given(filter), ...cursor, limit: MAX_PAGE_SIZE })),
      );
      const table = planDocumentsTable(documents, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items: documents }, [table]);
    });
  });
}
