import { InvalidArgumentError, type Command } from 'commander';
import type { Reallocated } from '#libs/fund-plans/application/reallocator.js';
import type { ReallocationRequest } from '#libs/fund-plans/application/reallocation.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { parseMoney } from '#libs/kernel/money.js';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { FUND_STAGES, FUNDING_LEVELS, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { oneOf, uuid, year } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { reallocationTable } from '../views/reallocation-table.js';

type Data = ReallocationRequest['data'];
interface Options extends ActorOptions, FormatOptions {
  from: string;
  to: string;
  source: Data['source'];
  level?: Data['level'];
  year: number;
  stage: Data['stage'];
  amount: string;
  document: string;
  reason: string;
  planDocument?: string;
  effective: string;
  priorYear?: true;
  key?: string;
}

const { allocated, disbursed, received } = FUND_STAGES;

/** `taizhang reallocate`: 调剂, both halves by one command. */
export function addReallocate(program: Command, context: CliContext): void {
  const command = program
    .command('reallocate')
    .description('项目间资金调剂：成对登记调出与调入；中断后原样再运行一次即可完成，不会重复登记')
    .requiredOption('--from <项目标识>', '调出项目', uuid)
    .requiredOption('--to <项目标识>', '调入项目', uuid)
    .requiredOption('--source <来源>', '资金来源', oneOf(FUNDING_SOURCES))
    .option('--level <层级>', '资金层级（福彩公益金须注明）', oneOf(FUNDING_LEVELS))
    .requiredOption('--year <年>', '预算年度', year)
    .requiredOption(
      '--stage <环节>',
      '调剂所在环节：下达、拨付或到位',
      oneOf({ allocated, disbursed, received }),
    )
    .requiredOption('--amount <金额>', '如 100万元、1234.56（不写单位为元）', positiveFen)
    .requiredOption('--document <文号>', '调剂文号')
    .requiredOption('--reason <原因>', '调剂原因')
    .option('--plan-document <文号>', '占用额度所在的投资计划；写明则额度随资金调整')
    .requiredOption('--effective <日期>', '业务日期：年、年-月或年-月-日')
    .option('--prior-year', '注明“以前年度”：预算年度已关账时的更正')
    .option('--key <编号>', '内容完全相同的另一次调剂，用以区别（默认按内容识别）');
  addActorOptions(addFormatOptions(command)).action(async (options: Options) => {
    const request = requestOf(options, context.env);
    await context.withSession(async ({ reallocator }) => {
      const done = await reallocator.reallocate(request);
      printResult(context.terminal, options, answerOf(done), [reallocationTable(request, done)]);
    });
  });
}

/** The id of the reallocation follows from all that is said, so saying it again completes it or finds it done. */
function requestOf(options: Options, env: NodeJS.ProcessEnv): ReallocationRequest {
  const { from, to, source, level, year: budgetYear, stage, amount, planDocument, priorYear, key } = options;
  const said = {
    fromProjectId: from,
    toProjectId: to,
    data: {
      source,
      ...(level !== undefined && { level }),
      budgetYear,
      stage,
      amountFen: amount,
      documentNumber: options.document,
      reason: options.reason,
      ...(planDocument !== undefined && { planDocumentNumber: planDocument }),
      ...(priorYear && { priorYear }),
    },
    effectiveDate: parsePartialDate(options.effective),
    actor: readActor(options, env),
  };
  return { ...said, evidence: [], commandId: idFor('reallocate', digestOf({ said, key: key ?? null })) };
}

/** As `POST /reallocations` answers, and whether it was there before. */
function answerOf({ reallocationId, outcome, out, in: taken, position }: Reallocated) {
  const [outEventId, inEventId] = [out.events[0]!.id, taken.events[0]!.id];
  return { reallocationId, outcome, outEventId, inEventId, position: position ?? null };
}

function positiveFen(text: string): string {
  const fen = parseMoney(text);
  if (fen <= 0n) throw new InvalidArgumentError('应大于零');
  return fen.toString();
}
