import { readConfig } from '#libs/runtime/config.js';
import { startServer } from './bootstrap.js';
import { run } from './run.js';

await run(readConfig, (platform, { host, port }, log) => startServer({ platform, host, port, log }));
