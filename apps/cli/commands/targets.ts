import type { Command } from 'commander';
import { PlanTargetsQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, planId, year, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { contradictionsTable, targetsTable } from '../views/plan-tables.js';

type Options = AsOfOptions & FormatOptions & { year?: number };

export function addTargets(program: Command, context: CliContext): void {
  const command = program
    .command('targets')
    .description('一份方案的目标与现状,以及方案内部的矛盾')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .option('--year <年>', '只看这一年的目标', year);
  addFormatOptions(addAsOfOptions(command)).action(async (id: string, options: Options) => {
    const { json, csv, ...filter } = options;
    await context.withSession(async (session) => {
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
