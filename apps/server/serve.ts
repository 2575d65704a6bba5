import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter } from './http/adapter.js';
import { addHooks } from './http/hooks.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { JsonLog } from './log.js';
import { assertLoopback } from './loopback.js';
import { Metrics } from './operations/metrics.js';

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  /** Answers the requests under way, then closes the modules and what they hold. */
  close(): Promise<void>;
}

export interface Address {
  /** Loopback only. */
  host: string;
  /** 0 takes a free one. */
  port: number;
}

/** Routes outside of `/api/v1`: for operators and readers of the documentation. */
export const UNPREFIXED = ['openapi.json', 'docs', 'docs/:file', 'health/live', 'health/ready', 'metrics'];

/**
 * Serves a module that provides `Metrics`, with the limits, headers and problem documents that all of ours have.
 * @param prepare called when all routes are known, before the first request
 * @throws Refusal `server.notLoopback`; Error with `code` EADDRINUSE or EACCES
 */
export async function serve(
  root: DynamicModule,
  { host, port }: Address,
  log: JsonLog,
  prepare: (app: NestFastifyApplication) => void = () => undefined,
): Promise<RunningServer> {
  assertLoopback(host);
  const filter = new ProblemFilter(log);
  const app = await NestFactory.create<NestFastifyApplication>(root, createAdapter(filter), {
    logger: log,
    abortOnError: false,
    bodyParser: false,
  });
  try {
    app.setGlobalPrefix('api/v1', { exclude: UNPREFIXED });
    app.useGlobalFilters(filter);
    addHooks(app.getHttpAdapter().getInstance(), log, app.get(Metrics));
    prepare(app);
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
