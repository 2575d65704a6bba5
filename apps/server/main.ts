import { readConfig } from '#libs/runtime/config.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { startServer } from './bootstrap.js';
import { errorFields, JsonLog } from './log.js';
import { assertLoopback } from './loopback.js';
import { untilStopped } from './until-stopped.js';

const log = new JsonLog();

try {
  const config = readConfig();
  assertLoopback(config.host);
  const platform = await openPlatform(config, {
    onProblem: ({ projection, error, retryInMs }) =>
      log.record('error', 'projection stopped', { projection, retryInMs, ...errorFields(error) }),
  });
  try {
    const { host, port, runProjections } = config;
    const server = await startServer({ platform: PlatformModule.on(platform), host, port, log });
    log.record('info', 'listening', { url: server.url, runProjections });
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
