import type { Command } from 'commander';
import { indicatorsSheet } from '#libs/exchange/export/indicators-sheet.js';
import { IndicatorsQuery } from '#libs/read-models/indicators/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, region, year, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { writeWorkbook } from '../output/write-workbook.js';
import { indicatorsTable } from '../views/indicators-table.js';

type Options = AsOfOptions &
  FormatOptions & { region: string; year: number; indicator?: string; xlsx?: string };

export function addIndicators(program: Command, context: CliContext): void {
  const command = program
    .command('indicators')
    .description('指标：分子、分母、口径和时点')
    .requiredOption('--region <代码>', '行政区划代码', region)
    .option('--year <年>', '算到该年 12 月 31 日', year, new Date().getFullYear())
    .option('--indicator <指标>', '只算这一个：标识或名称')
    .option('--xlsx <文件>', '写成可报送的 .xlsx：数值为分子、分母的公式');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { json, csv, region: code, year: asked, indicator, xlsx, ...asOf } = options;
    await context.withReads(async (session) => {
      const report = await session.query(
        new IndicatorsQuery({
          regions: [code],
          years: [asked],
          ...(indicator !== undefined && { indicators: [indicator] }),
          ...given(asOf),
        }),
      );
      if (xlsx !== undefined) {
        return writeWorkbook(context, xlsx, indicatorsSheet(report.answers[0]!, report, given(asOf)));
      }
      const tables = report.answers.map(indicatorsTable);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, report, tables);
    });
  });
}
