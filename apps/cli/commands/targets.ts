import type { Command } from 'commander';
import { PlanTargetsQuery, PlanYearsQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, planId, year, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { contradictionsTable, planYearsTable, targetsTable } from '../views/plan-tables.js';

type Options = AsOfOptions & FormatOptions & { year?: number; byYear?: true };

export function addTargets(program: Command, context: CliContext): void {
  const command = program
    .command('targets')
    .description('一份方案的目标与现状，以及方案内部的矛盾')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .option('--year <年>', '只看这一年的目标', year)
    .option('--by-year', '逐年的目标与实际，及比上年的增减');
  addFormatOptions(addAsOfOptions(command)).action(async (id: string, options: Options) => {
    const { json, csv, byYear, ...filter } = options;
    await context.withReads(async (session) => {
      if (byYear) {
        const { year: _, ...asOf } = filter;
        const years = await session.query(new PlanYearsQuery({ planId: id, ...given(asOf) }));
        printResult(context.terminal, given({ json, csv }) as FormatOptions, years, [planYearsTable(years)]);
        return;
      }
      const answer = await session.query(new PlanTargetsQuery({ planId: id, ...given(filter) }));
      const { contradictions } = answer;
      const tables = [
        targetsTable(answer),
        ...(contradictions.length > 0 ? [contradictionsTable(contradictions)] : []),
      ];
      printResult(context.terminal, given({ json, csv }) as FormatOptions, answer, tables);
    });
  });
}
