import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { issuedFigures } from '#libs/circulars/application/circular-desk.js';
import { circularDocx } from '#libs/circulars/document/circular-docx.js';
import { rendered } from '#libs/circulars/domain/text.js';
import { newId } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { CircularsQuery } from '#libs/read-models/evaluations/queries.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { region } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { circularTables } from '../views/evaluation-tables.js';

interface Asked {
  region: string;
  period: string;
}
interface IssueOptions extends Asked, ActorOptions {
  number: string;
  reason?: string;
}

export function addCircular(program: Command, context: CliContext): void {
  const circular = program
    .command('circular')
    .description('通报：起草（draft）、印发（issue）、输出 .docx（export）');
  const sub = (name: string, description: string) =>
    circular
      .command(name)
      .description(description)
      .requiredOption('--region <代码>', '行政区划代码，含其下各级', region)
      .requiredOption('--period <期间>', '2025、2025-Q3 或 2025-06')
      .helpOption('-h, --help', '显示帮助')
      .copyInheritedSettings(program);

  addFormatOptions(sub('draft', '草稿：文字与锁定于同一位置的数字、表')).action(
    async (options: Asked & FormatOptions) => {
      await context.withSession(async ({ circulars }) => {
        const draft = await circulars.draft(options.region, options.period);
        if (!options.json && !options.csv) {
          const lines = draft.paragraphs.flatMap(({ kind, text }) =>
            kind === 'table' ? [] : [rendered(text, draft.figures)],
          );
          context.terminal.out(`${draft.title}\n\n${lines.join('\n')}\n\n`);
        }
        printResult(context.terminal, options, draft, circularTables(draft.tables));
      });
    },
  );

  addActorOptions(
    sub('issue', '印发：记录文字、数字的摘要、位置与审计链')
      .requiredOption('--number <文号>', '文号')
      .option('--reason <原因>', '更正前一份的原因'),
  ).action(async (options: IssueOptions) => {
    const { region: asked, period, number, reason } = options;
    const actor = readActor(options, context.env);
    const request = { region: asked, period, documentNumber: number, actor, commandId: newId() };
    await context.withSession(async ({ circulars }) => {
      const { issued, outcome } = await circulars.issue({
        ...request,
        ...(reason !== undefined && { reason }),
      });
      const done = outcome === 'unchanged' ? '此前已印发' : '已印发';
      context.terminal.out(
        `${done}：${issued.title}（${issued.documentNumber}），数据摘要 ${issued.figuresDigest}\n`,
      );
    });
  });

  sub('export', '最近印发的一份写成 .docx')
    .requiredOption('--docx <文件>', '写到此文件')
    .action(async ({ region: asked, period, docx }: Asked & { docx: string }) => {
      await context.withReads(async (session) => {
        const { items } = await session.query(new CircularsQuery({ region: asked, period, limit: 500 }));
        const found = items.find(({ region: { code } }) => code === asked);
        if (!found)
          throw new Refusal('circular.notFound', `${period} 还没有印发过通报`, { region: asked, period });
        const figures = await issuedFigures(session.sealedTexts, found.issued);
        await writeFile(docx, await circularDocx(found.issued, figures));
        context.terminal.out(`已写入 ${docx}：${found.issued.title}\n`);
      });
    });
}
