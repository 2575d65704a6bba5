import type { DynamicModule } from '@nestjs/common';
import type { Config } from '#libs/runtime/config.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { errorFields, JsonLog } from './log.js';
import { assertLoopback } from './loopback.js';
import type { RunningServer } from './serve.js';
import { untilStopped } from './until-stopped.js';

type Start = (platform: DynamicModule, config: Config, log: JsonLog) => Promise<RunningServer>;

/** A process from its start to SIGINT or SIGTERM: opens the platform, serves, closes. Exit code 1 where it fails. */
export async function run(configure: () => Config, start: Start): Promise<void> {
  const log = new JsonLog();
  try {
    const config = configure();
    // Before anything is opened, and so that the operator is told of this first.
    assertLoopback(config.host);
    const platform = await openPlatform(config, {
      onProblem: ({ projection, error, retryInMs }) =>
        log.record('error', 'projection stopped', { projection, retryInMs, ...errorFields(error) }),
    });
    try {
      const server = await start(PlatformModule.on(platform), config, log);
      log.record('info', 'listening', { url: server.url, runProjections: config.runProjections });
      await untilStopped();
      await server.close();
    } finally {
      await platform.close();
    }
    log.record('info', 'stopped');
  } catch (error) {
    log.record('error', 'cannot go on', errorFields(error));
    process.exitCode = 1;
  }
}
