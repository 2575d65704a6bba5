import { readConfig } from '#libs/runtime/config.js';
import { run } from '../server/run.js';
import { serve } from '../server/serve.js';
import { ProjectorModule } from './projector.module.js';

/** Beside a server on the same machine, whose port is 3000. */
const DEFAULT_PORT = '3001';

await run(
  () => readConfig({ PORT: DEFAULT_PORT, ...process.env, RUN_PROJECTIONS: 'true' }),
  (platform, { host, port }, log) => serve(ProjectorModule.on(platform), { host, port }, log),
);
