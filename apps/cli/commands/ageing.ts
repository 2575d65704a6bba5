import { InvalidArgumentError, type Command } from 'commander';
import { FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { AgeingQuery, type AgeingFilter } from '#libs/read-models/lots/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, uuid, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { ageingTable } from '../views/ageing-table.js';

type Options = AgeingFilter & FormatOptions & { yuan?: true };

export function addAgeing(program: Command, context: CliContext): void {
  const command = program
    .command('ageing')
    .description('闲置资金账龄：下达未拨付、拨付未到位、到位未支付，按来源')
    .option('--project-id <标识>', '只看一个项目', uuid)
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--year <年>', '预算年度：资金现在所在的年度', year)
    .option('--boundaries <天数>', '账龄界限，逗号分隔，如 90,180,365,730（默认当日生效的）', days)
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(command)).action(async (options: Options) => {
    const { yuan, json, csv, ...filter } = options;
    await context.withReads(async (session) => {
      const ageing = await session.query(new AgeingQuery(given(filter)));
      const table = ageingTable(ageing, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, ageing, [table]);
    });
  });
}

function days(text: string): number[] {
  if (!/^\d+(,\d+)*$/u.test(text)) throw new InvalidArgumentError('应为以逗号分隔的天数，如 90,180,365,730');
  return text.split(',').map(Number);
}
