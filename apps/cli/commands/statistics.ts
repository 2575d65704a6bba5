import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { readStatistics, statisticsTemplate } from '#libs/exchange/statistics/read-statistics.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import { newId } from '#libs/kernel/ids.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import type { BookOutcome } from '#libs/projects/application/stream-book.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import {
  RecordedStatisticsQuery,
  StatisticsReportsQuery,
  type ReportsFilter,
} from '#libs/read-models/statistics/queries.js';
import type { StatisticsStep } from '#libs/statistics/application/statistics-desk.js';
import type { Duty } from '#libs/statistics/domain/events.js';
import { FIGURE_KEYS, FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import { readPeriod } from '#libs/statistics/domain/period.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { given, oneOf, region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { readBytes } from '../read-bytes.js';
import type { Session } from '../session.js';
import { comparisonTable, figuresTable, reportsTable } from '../views/statistics-tables.js';

interface Where {
  region: string;
  period: string;
}
type Write = Where & ActorOptions & { json?: true };

/** `taizhang statistics …`: who owes what, submission, check, return; who is late; figures beside the ledger's. */
export function addStatistics(program: Command, context: CliContext): void {
  const statistics = program
    .command('statistics')
    .description('统计上报：布置、上报、审核、退回、迟报与未报、与台账对照');
  const write = <O extends Write>(
    name: string,
    description: string,
    act: (session: Session, options: O, step: StatisticsStep, word: string) => Promise<BookOutcome>,
    argument?: string,
  ): Command => {
    const command = where(statistics.command(name).description(description));
    if (argument !== undefined) command.argument(argument);
    const run = async (word: string, options: O): Promise<void> => {
      const { region: code, period } = options;
      const step = { region: code, period, actor: readActor(options, context.env), commandId: newId() };
      await context.withSession(async (session) => {
        const outcome = await act(session, options, step, word);
        context.terminal.out(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : '已记录\n');
      });
    };
    return addActorOptions(command.option('--json', '输出 JSON，供程序读取')).action(
      argument === undefined ? (options: O) => run('', options) : run,
    );
  };

  write<Write & { duty: Duty[] }>(
    'open',
    '布置一期上报：哪个单位报哪些指标',
    ({ statistics: desk }, { duty }, step) => desk.open({ ...step, duties: duty }),
  ).requiredOption('--duty <单位=指标…>', '可重复，如 示例州民政局=institutionBeds,residents', duty);
  write(
    'submit',
    '上报填好的统计表（.xlsx 或 .csv）；退回后可再报',
    async ({ statistics: desk }, _options, step, file) =>
      desk.submit({
        ...step,
        figures: readStatistics(await readTable(await readBytes(file), path.basename(file))),
      }),
    '<文件>',
  );
  write<Write & { note?: string }>(
    'check',
    '审核通过一个单位的报表（须由另一人）',
    ({ statistics: desk }, { note }, step, unit) =>
      desk.check({ ...step, unit, ...(note !== undefined && { note }) }),
    '<单位>',
  ).option('--note <说明>', '审核意见');
  write<Write & { reason: string }>(
    'return',
    '退回一个单位的报表',
    ({ statistics: desk }, { reason }, step, unit) => desk.giveBack({ ...step, unit, reason }),
    '<单位>',
  ).requiredOption('--reason <理由>', '退回理由');
  write<Write & { explanation: string }>(
    'explain',
    '说明统计数与台账数的差异',
    ({ statistics: desk }, { explanation }, step, figure) =>
      desk.explain({ ...step, figure: figureKey(figure), explanation }),
    '<指标>',
  ).requiredOption('--explanation <说明>', '差异的原因');

  statistics
    .command('template')
    .description('输出待填的统计表（CSV）')
    .argument('[指标...]', '默认全部', (text: string, before: FigureKey[] = []) => [
      ...before,
      figureKey(text),
    ])
    .action((figures: FigureKey[] = []) => {
      context.terminal.out(statisticsTemplate(figures.length > 0 ? figures : FIGURE_KEYS));
    });

  addFormatOptions(
    statistics
      .command('list')
      .description('各单位的上报情况；--only late 迟报、missing 未报')
      .option('--region <代码>', '行政区划代码，含其下各级', region)
      .option('--period <期>', '报告期，如 2025、2025-H1、2025-Q3、2025-06', period)
      .option('--only <种类>', '只列迟报或未报', oneOf({ late: '迟报', missing: '未报' }))
      .option('--on-day <日期>', '截至此日的情况（默认今天）', day),
  ).action(async ({ json, csv, ...filter }: ReportsFilter & FormatOptions) => {
    await context.withReads(async (session) => {
      const onDay = filter.onDay ?? chinaDay(new Date());
      const items = await allPages((cursor) =>
        session.query(
          new StatisticsReportsQuery({ ...given(filter), onDay, limit: MAX_PAGE_SIZE, ...cursor }),
        ),
      );
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { onDay, items }, [
        reportsTable(onDay, items),
      ]);
    });
  });

  addFormatOptions(where(statistics.command('show').description('已审核的统计数，及与台账的对照'))).action(
    async (options: Where & FormatOptions) => {
      await context.withReads(async (session) => {
        const found = await session.query(
          new RecordedStatisticsQuery({ region: options.region, period: options.period }),
        );
        const tables = [
          figuresTable(found),
          ...(found.comparisons.length > 0 ? [comparisonTable(found)] : []),
        ];
        printResult(context.terminal, options, found, tables);
      });
    },
  );
}

const where = (command: Command): Command =>
  command
    .requiredOption('--region <代码>', '行政区划代码', region)
    .requiredOption('--period <期>', '报告期，如 2025、2025-H1、2025-Q3、2025-06', period);

function period(text: string): string {
  if (!readPeriod(text)) throw new InvalidArgumentError('应如 2025、2025-H1、2025-Q3 或 2025-06');
  return text;
}

function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('应为日期 YYYY-MM-DD');
  }
  return text;
}

function figureKey(text: string): FigureKey {
  const found = FIGURE_KEYS.find((key) => key === text || FIGURES[key].label === text);
  if (found) return found;
  throw new InvalidArgumentError(
    `应为 ${FIGURE_KEYS.map((key) => `${FIGURES[key].label}（${key}）`).join('、')} 之一`,
  );
}

function duty(text: string, before: Duty[] = []): Duty[] {
  const [unit = '', figures = ''] = text.split('=', 2);
  if (unit === '' || figures === '') throw new InvalidArgumentError('应为 单位=指标，指标之间以半角逗号分隔');
  return [...before, { unit, figures: figures.split(',').map((each) => figureKey(each.trim())) }];
}
