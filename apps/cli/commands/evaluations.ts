import type { Command } from 'commander';
import { sectionOf } from '#libs/evaluation/application/sealed-sections.js';
import { evaluationSheet } from '#libs/exchange/export/evaluation-sheet.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { EvaluationQuery, EvaluationsQuery } from '#libs/read-models/evaluations/queries.js';
import type { CliContext } from '../context.js';
import { given, region, uuid, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { writeWorkbook } from '../output/write-workbook.js';
import { addEvaluationComparisons } from './evaluation-comparisons.js';
import { addScore } from './evaluation-score.js';
import { evaluationsTable } from '../views/evaluation-tables.js';

interface Options extends FormatOptions {
  region?: string;
  year?: number;
  sheet?: string;
  xlsx?: string;
}

export function addEvaluations(program: Command, context: CliContext): void {
  const command = program
    .command('evaluations')
    .description('封存的年度评估，打分与比较；--sheet 与 --xlsx 输出其能力评价表')
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--year <年>', '年度', year)
    .option('--sheet <标识>', '评估标识', uuid)
    .option('--xlsx <文件>', '能力评价表写成 .xlsx（与 --sheet 同用）');
  addFormatOptions(command).action(async (options: Options) => {
    await context.withReads(async (session) => {
      const { sheet, xlsx } = options;
      if (sheet !== undefined && xlsx !== undefined) {
        const found = await session.query(new EvaluationQuery({ id: sheet }));
        if (!found) throw new Refusal('evaluation.notFound', `没有标识为 ${sheet} 的年度评估`, { sheet });
        const scores = await sectionOf(session.sealedTexts, found.sealed, 'scores');
        return writeWorkbook(context, xlsx, evaluationSheet(found.sealed, scores));
      }
      const filter = given({ region: options.region, year: options.year }) as {
        region?: string;
        year?: number;
      };
      const items = await allPages((cursor) =>
        session.query(new EvaluationsQuery({ ...filter, ...cursor, limit: 500 })),
      );
      printResult(context.terminal, options, { items }, [evaluationsTable(items)]);
    });
  });
  addScore(command, context);
  addEvaluationComparisons(command, context);
}
