import type { Command } from 'commander';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { projectCount, SAMPLE_UNTIL } from '#libs/sample/prefecture.js';
import type { CliContext } from '../context.js';
import { wholeNumber } from '../options.js';
import { startProgress } from '../progress.js';

interface Options {
  counties: number;
  years: number;
  seed: number;
  projects: number;
}

export function addGenerate(program: Command, context: CliContext): void {
  program
    .command('generate')
    .description(`生成并记录虚构的示例州（990100）：各项目从入库到投用的完整经历，截至 ${SAMPLE_UNTIL}`)
    .option('--counties <个>', '县数（1–99）', wholeNumber(1, 99), 5)
    .option('--years <年>', '年数（1–60）', wholeNumber(1, 60), 6)
    .option('--seed <数>', '随机种子：同一种子得到同一示例州', wholeNumber(0, 2 ** 31), 1)
    .option('--projects <个>', '每县每年入库项目数（1–1000）', wholeNumber(1, 1000), 4)
    .action(async ({ projects, ...options }: Options) => {
      const wanted = { ...options, projectsPerCountyYear: projects };
      await context.withSession(async (session) => {
        const progress = startProgress(context.terminal, '示例州', projectCount(wanted));
        try {
          const startedAt = performance.now();
          const loaded = await loadPrefecture(session.store, wanted, (done) => progress.update(done));
          progress.stop();
          const seconds = (performance.now() - startedAt) / 1000;
          const { events, alreadyStored } = loaded;
          context.terminal.out(
            `示例州：${loaded.projects} 个项目、${events} 条事件，其中新记录 ${events - alreadyStored} 条` +
              `（${Math.round(events / seconds)} 条/秒）。\n`,
          );
        } finally {
          progress.stop();
        }
      });
    });
}
