import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemFor } from './problem.js';
import { PROBLEM_JSON, type ProblemFilter } from './problem.filter.js';

/** Bytes of a JSON body: the largest real one, a project with 200 units, is below 100 KB. */
export const JSON_LIMIT_BYTES = 1024 * 1024;
/** Bytes of an uploaded list. */
export const UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024;
/** Time for a client to send its whole request; slow senders do not hold connections. */
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;

/** Fastify with a limit on everything a client can send. */
export function createAdapter(filter: ProblemFilter): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    // `/docs/` is typed by habit.
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    genReqId: () => randomUUID(),
    multipart: true,
    // Both come before any route is found, so Nest's filter does not see them.
    frameworkErrors: (error: Error, request: unknown, reply: unknown) =>
      filter.send(error, request as FastifyRequest, reply as FastifyReply),
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) =>
      answerBrokenRequest(error, socket),
  });
}

/** What arrived was no HTTP request at all, or came too slowly: there is no reply object, only the socket. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? problemFor('request.timeout', '请求发送过慢')
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? problemFor('request.headersTooLarge', '请求头过大')
        : problemFor('request.malformed', '不是可识别的 HTTP 请求');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} Error`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
