import { once } from 'node:events';
import type { Command } from 'commander';
import type { RunningServer } from '../../server/bootstrap.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { readConfig, type Config } from '#libs/runtime/config.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';
import type { CliContext } from '../context.js';

export function addServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('启动 HTTP 服务（只在本机监听），按 Ctrl-C 停止')
    .action(async () => {
      const config = readConfig(context.env);
      const server = await listen(await openPlatform(config), config);
      context.terminal.err(`服务已启动：${server.url}（接口说明 ${server.url}/docs），按 Ctrl-C 停止。\n`);
      await untilInterrupted(context.signal);
      context.terminal.err('正在停止……\n');
      await server.close();
    });
}

/**
 * Serves the platform, which closes with the server.
 * @throws Refusal `server.notLoopback`, `server.portTaken`
 */
export async function listen(platform: Platform, { host, port }: Config): Promise<RunningServer> {
  try {
    const { startServer } = await import('../../server/bootstrap.js');
    return await startServer({ platform: PlatformModule.on(platform), host, port });
  } catch (error) {
    await platform.close();
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Refusal('server.portTaken', `端口 ${port} 已被占用，请用环境变量 PORT 换一个端口`, { port });
  }
}

export async function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
