import { InvalidArgumentError, type Command } from 'commander';
import { POINTS_PATTERN } from '#libs/evaluation/domain/events.js';
import { newId } from '#libs/kernel/ids.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { region, year } from '../options.js';

interface Points {
  item: string;
  points: string;
}

interface Options extends ActorOptions {
  region: string;
  year: number;
  item: Points[];
  document: string[];
  comment?: string;
  json?: true;
}

const ITEM = new RegExp(`^([A-Z]\\d+)=(${POINTS_PATTERN.slice(1, -1)})$`, 'u');

/** `taizhang evaluations score`: points for judged items, all of one call resting on the same documents. */
export function addScore(evaluations: Command, context: CliContext): void {
  const command = evaluations
    .command('score')
    .description('能力评价打分，计入此后的封存；依据不同的项目分次打')
    .requiredOption('--region <代码>', '行政区划代码', region)
    .requiredOption('--year <年>', '年度', year)
    .requiredOption('--item <项目=分数>', '可重复，如 E1=8.5', points)
    .requiredOption('--document <文号>', '打分的依据，可重复', (word: string, words: string[] = []) => [
      ...words,
      word,
    ])
    .option('--comment <评语>', '评语')
    .option('--json', '输出 JSON，供程序读取');
  addActorOptions(command).action(async (options: Options) => {
    const { region: code, year: ofYear, item, document, comment } = options;
    const actor = readActor(options, context.env);
    const evidence = document.map((documentNumber) => ({ documentNumber }));
    const scores = item.map((each) => ({ ...each, evidence, ...(comment !== undefined && { comment }) }));
    await context.withSession(async ({ evaluator }) => {
      const outcome = await evaluator.score({
        region: code,
        year: ofYear,
        scores,
        actor,
        commandId: newId(),
      });
      const said = `已记录 ${scores.length} 项得分，计入此后的封存\n`;
      context.terminal.out(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : said);
    });
  });
}

function points(text: string, before: Points[] = []): Points[] {
  const [, item, given] = ITEM.exec(text) ?? [];
  if (item === undefined || given === undefined) {
    throw new InvalidArgumentError('应为 项目编号=分数，分数至多两位小数，如 E1=8.5');
  }
  return [...before, { item, points: given }];
}
