import type { Command } from 'commander';
import { TrajectoryQuery } from '#libs/read-models/plans/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, planId, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { trajectoryTables } from '../views/trajectory-tables.js';

type Options = AsOfOptions & FormatOptions & { indicator: string };

export function addTrajectory(program: Command, context: CliContext): void {
  const command = program
    .command('trajectory')
    .description('到目标还差多少，项目将补上多少（区间、未知）')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .option('--indicator <指标>', '床位、托位的数量或人均数：标识或名称', 'placesPerThousand');
  addFormatOptions(addAsOfOptions(command)).action(async (id: string, options: Options) => {
    const { json, csv, indicator, ...asOf } = options;
    await context.withReads(async (session) => {
      const trajectory = await session.query(new TrajectoryQuery({ planId: id, indicator, ...given(asOf) }));
      const format = given({ json, csv }) as FormatOptions;
      printResult(context.terminal, format, trajectory, trajectoryTables(trajectory));
    });
  });
}
