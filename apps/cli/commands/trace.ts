import type { Command } from 'commander';
import { fundPlanId } from '#libs/fund-plans/domain/events.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { PaymentTraceQuery, PlanDocumentTraceQuery } from '#libs/read-models/lots/queries.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, uuid, type AsOfOptions } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { documentTraceTables, paymentTraceTable } from '../views/trace-tables.js';

type Options = AsOfOptions & FormatOptions & { yuan?: true };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** Whoever asked by a number is told of the number, not of the id that was made of it. */
function unknownNumber(error: unknown, named: string): unknown {
  if (UUID.test(named) || !(error instanceof Refusal) || error.code !== 'fundPlan.notFound') return error;
  const message = `没有文号为“${named}”的投资计划（或在该时点尚未记录）；已登记的见 plan-documents`;
  return new Refusal(error.code, message, { documentNumber: named });
}

/** 穿透, in both directions. */
export function addTrace(program: Command, context: CliContext): void {
  const trace = program
    .command('trace')
    .description('穿透：从支付追到投资计划，或从投资计划追到资金现在何处');
  const payment = trace
    .command('payment')
    .description('一笔支付的来路：到位、拨付、下达、投资计划')
    .argument('<事件标识>', '支付记录的事件标识，见 journal 的最后一列', uuid)
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(payment)).action(async (eventId: string, options: Options) => {
    const { yuan, json, csv, ...asOf } = options;
    await context.withReads(async (session) => {
      const answer = await session.query(new PaymentTraceQuery({ ...given(asOf), eventId }));
      const table = paymentTraceTable(answer, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, answer, [table]);
    });
  });
  const document = trace
    .command('plan-document')
    .description('一份投资计划的资金现在何处：按项目、环节和批次')
    .argument('<文号或标识>', '如 示例发改投资〔2025〕8号')
    .option('--yuan', '金额以元列示（默认万元）');
  addFormatOptions(addAsOfOptions(document)).action(async (named: string, options: Options) => {
    const { yuan, json, csv, ...asOf } = options;
    const documentId = UUID.test(named) ? named : fundPlanId(named);
    await context.withReads(async (session) => {
      const query = new PlanDocumentTraceQuery({ ...given(asOf), documentId });
      const answer = await session.query(query).catch((error: unknown) => {
        throw unknownNumber(error, named);
      });
      const tables = documentTraceTables(answer, yuan ? '元' : '万元', csv);
      printResult(context.terminal, given({ json, csv }) as FormatOptions, answer, tables);
    });
  });
  for (const command of trace.commands)
    command.helpOption('-h, --help', '显示帮助').copyInheritedSettings(program);
}
