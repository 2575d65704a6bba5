import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
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
  platform: DynamicModule;
  /** Loopback only. Default `127.0.0.1`. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  log?: JsonLog;
}

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  /** Answers the requests under way, then lets go of store and database. */
  close(): Promise<void>;
}

/** @throws Refusal `server.notLoopback`; whatever store and database say when they cannot be reached */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port, log = new JsonLog() } = options;
  assertLoopback(host);
  const filter = new ProblemFilter(log);
  const app = await NestFactory.create<NestFastifyApplication>(
    ServerModule.on(options.platform),
    createAdapter(filter),
    { logger: log, abortOnError: false },
  );
  app.setGlobalPrefix('api/v1', {
    exclude: ['openapi.json', 'docs', 'docs/:file', 'health/*path', 'metrics'],
  });
  app.useGlobalFilters(filter);
  addHooks(app.getHttpAdapter().getInstance() as unknown as FastifyInstance, log, app.get(Metrics));
  app.get(OpenApiHolder).put(openApiDocument(app));
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return { url: urlOf(app), close: () => app.close() };
}

function urlOf(app: NestFastifyApplication): string {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
