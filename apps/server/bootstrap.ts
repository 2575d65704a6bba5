import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApiDocument } from './docs/openapi.js';
import { OpenApiHolder } from './docs/openapi-holder.js';
import { createAdapter } from './http/adapter.js';
import { addHooks } from './http/hooks.js';
import { ProblemFilter } from './http/problem.filter.js';
import { JsonLog } from './log.js';
import { assertLoopback } from './loopback.js';
import { Metrics } from './operations/metrics.js';
import { ServerModule } from './server.module.js';

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

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  /** Answers the requests under way, then closes the platform. */
  close(): Promise<void>;
}

/** Routes outside of `/api/v1`: for operators and readers of the documentation. */
const UNPREFIXED = ['openapi.json', 'docs', 'docs/:file', 'health/live', 'health/ready', 'metrics'];

/** @throws Refusal `server.notLoopback`; Error with `code` EADDRINUSE or EACCES */
export async function startServer({
  platform,
  host = '127.0.0.1',
  port,
  log = new JsonLog(),
}: ServerOptions): Promise<RunningServer> {
  let app: NestFastifyApplication | undefined;
  try {
    assertLoopback(host);
    const filter = new ProblemFilter(log);
    app = await NestFactory.create<NestFastifyApplication>(ServerModule.on(platform), createAdapter(filter), {
      logger: log,
      abortOnError: false,
      bodyParser: false,
    });
    app.setGlobalPrefix('api/v1', { exclude: UNPREFIXED });
    app.useGlobalFilters(filter);
    addHooks(app.getHttpAdapter().getInstance(), log, app.get(Metrics));
    app.get(OpenApiHolder).put(openApiDocument(app));
    await app.listen(port, host);
  } catch (error) {
    await app?.close();
    throw error;
  }
  return { url: urlOf(app), close: () => app.close() };
}

function urlOf(app: NestFastifyApplication): string {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
