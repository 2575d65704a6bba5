import type { DynamicModule } from '@nestjs/common';
import { openApiDocument } from './docs/openapi.js';
import { OpenApiHolder } from './docs/openapi-holder.js';
import { JsonLog } from './log.js';
import { serve, type RunningServer } from './serve.js';
import { ServerModule } from './server.module.js';
import { serveWeb } from './web/web.js';

export type { RunningServer };

export interface ServerOptions {
  /** `PlatformModule.on(platform)`; it closes with the server. Where the server cannot start, the caller closes it. */
  platform: DynamicModule;
  /** Loopback only. Default `127.0.0.1`. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Default: JSON lines on stderr. */
  log?: JsonLog;
}

/** The whole HTTP API and the web page. @throws Refusal `server.notLoopback`; Error with `code` EADDRINUSE or EACCES */
export function startServer(options: ServerOptions): Promise<RunningServer> {
  const { platform, host = '127.0.0.1', port, log = new JsonLog() } = options;
  return serve(ServerModule.on(platform), { host, port }, log, (app) => {
    app.get(OpenApiHolder).put(openApiDocument(app));
    serveWeb(app.getHttpAdapter().getInstance());
  });
}
