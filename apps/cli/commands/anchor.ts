import { copyFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { AnchorRequest } from '#libs/audit-chain/application/chain-anchorer.js';
import { periodEnd } from '#libs/audit-chain/domain/period.js';
import { ANCHOR_REASONS } from '#libs/audit-chain/domain/anchor.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { printResult, type FormatOptions } from '../output/print.js';

interface Options extends ActorOptions, FormatOptions {
  period?: string;
  out?: string;
}

export function addAnchor(program: Command, context: CliContext): void {
  const command = program
    .command('anchor')
    .description('为审计链的现状签名（设锚），导出为小文件；同一处、同一缘由只设一次')
    .option('--period <期间>', '签至一个已过的期间末：年或年-月，如 2025 或 2025-06（默认签至现在）', period)
    .option('--out <文件>', '另存一份锚文件（锚总会存入 DATA_DIR/anchors）')
    .option('--json', '输出 JSON，供程序读取');
  addActorOptions(command).action(async (options: Options) => {
    const actor = readActor(options, context.env);
    const request = { ...requestOf(options.period), actor };
    await context.withSession(async ({ anchorer, projections }) => {
      const { anchor, file, outcome, position } = await anchorer.anchor(request);
      // The record of the anchor is an event too: who verifies next finds it chained.
      await projections.caughtUp();
      if (options.out !== undefined) await copy(file, options.out);
      const { sequence, head, reason, madeAt, keyFingerprint } = anchor;
      printResult(context.terminal, options, { outcome, position, file, anchor }, [
        {
          title: outcome === 'recorded' ? '已设锚' : '此前已设锚',
          columns: [{ header: '项' }, { header: '值' }],
          rows: [
            ['缘由', [ANCHOR_REASONS[reason.kind], reason.subject].filter(Boolean).join(' ')],
            ['签至', `第 ${sequence} 条事件`],
            ['链首', head],
            ['时刻', madeAt],
            ['密钥指纹', keyFingerprint],
            ['文件', file],
          ],
          notes: ['请把锚文件存放到别处，数据库被改写时以它为准；核验：npx taizhang verify'],
        },
      ]);
    });
  });
}

function requestOf(period: string | undefined): Omit<AnchorRequest, 'actor'> {
  if (period === undefined) return { reason: { kind: 'manual' } };
  const end = periodEnd(period)!;
  if (end > new Date().toISOString()) {
    throw new Refusal('chain.periodNotOver', `期间 ${period} 尚未结束，不能设期末的锚`, { period });
  }
  return { reason: { kind: 'periodEnd', subject: period }, at: { recordedBefore: end } };
}

function period(text: string): string {
  if (periodEnd(text) === undefined) throw new InvalidArgumentError('应为年或年-月，如 2025 或 2025-06');
  return text;
}

async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((error: unknown) => {
    const { code = '' } = error as { code?: string };
    throw new Refusal('cli.fileUnwritable', `无法写入“${to}”：${code}`, { file: to, code });
  });
}
