import type { Command } from 'commander';
import { newId } from '#libs/kernel/ids.js';
import { chinaDay, parsePartialDate } from '#libs/kernel/partial-date.js';
import { TASK_STATES, type TaskState } from '#libs/plans/domain/vocabulary.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { oneOf, planId, region, uuid } from '../options.js';

interface Options extends ActorOptions {
  state: TaskState;
  note: string;
  region?: string;
  effective?: string;
  json?: true;
}

/** `taizhang report-task`: what a unit says of its task. */
export function addReportTask(program: Command, context: CliContext): void {
  const command = program
    .command('report-task')
    .description('报告一项任务的进展（任务编号见 tasks）')
    .argument('<方案编号>', '如 513400-2023-2025', planId)
    .argument('<任务编号>', 'UUID', uuid)
    .requiredOption('--state <进展>', Object.values(TASK_STATES).join('、'), oneOf(TASK_STATES))
    .requiredOption('--note <文字>', '完成情况、存在的问题')
    .option('--region <代码>', '所报地区（默认办理人所在地区）', region)
    .option('--effective <日期>', '业务日期（默认今天）')
    .option('--json', '输出 JSON，供程序读取');
  addActorOptions(command).action(async (plan: string, taskId: string, options: Options) => {
    const actor = readActor(options, context.env);
    const { state, note, region: about = actor.region, effective, json } = options;
    await context.withSession(async ({ plans }) => {
      const recorded = await plans.record({
        planId: plan,
        commands: [{ type: 'ReportTask', data: { taskId, region: about, state, note } }],
        effectiveDate: effective === undefined ? chinaDay(new Date()) : parsePartialDate(effective),
        actor,
        commandId: newId(),
        evidence: [],
      });
      context.terminal.out(json ? `${JSON.stringify(recorded, null, 2)}\n` : '已记录\n');
    });
  });
}
