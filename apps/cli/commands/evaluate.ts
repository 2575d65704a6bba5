import type { Command } from 'commander';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { SECTIONS, type OnSection } from '#libs/evaluation/snapshot/snapshot.js';
import { newId } from '#libs/kernel/ids.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { region, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { startProgress } from '../progress.js';
import { snapshotTable } from '../views/evaluation-tables.js';

interface Options extends ActorOptions, FormatOptions {
  region: string;
  year: number;
  seal?: true;
  reason?: string;
}

export function addEvaluate(program: Command, context: CliContext): void {
  const command = program
    .command('evaluate')
    .description('年度评估：一个地区一年的快照，取自事件库的同一位置；--seal 封存')
    .requiredOption('--region <代码>', '行政区划代码，含其下各级', region)
    .requiredOption('--year <年>', '年度', year)
    .option('--seal', '封存：记录摘要、位置与规则版本，并为审计链设锚')
    .option('--reason <原因>', '已封存过而内容不同的，更正的原因');
  addActorOptions(addFormatOptions(command)).action(async (options: Options) => {
    const { region: asked, year: ofYear, reason } = options;
    const request = { region: asked, year: ofYear };
    const actor = options.seal ? readActor(options, context.env) : undefined;
    await context.withSession(async ({ evaluator }) => {
      const progress = startProgress(context.terminal, '评估', SECTIONS.length);
      const onSection: OnSection = ({ no, of, label, entries }) =>
        progress.update(no, of, `${label} ${entries} 条`);
      try {
        const said = { ...request, ...(reason !== undefined && { reason }) };
        const outcome = actor && (await evaluator.seal({ ...said, actor, commandId: newId() }, onSection));
        const sealed: Sealed = outcome?.sealed ?? (await evaluator.preview(request, onSection));
        progress.stop();
        printResult(context.terminal, options, outcome ?? sealed, [snapshotTable(sealed, outcome)]);
      } finally {
        progress.stop();
      }
    });
  });
}
