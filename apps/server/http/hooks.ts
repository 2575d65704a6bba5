import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOwnOrigin, namesLoopback } from '../loopback.js';
import type { JsonLog } from '../log.js';
import type { Metrics } from '../operations/metrics.js';
import { problemFor } from './problem.js';
import { sendProblem } from './problem.filter.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Headers of every answer. Pages that need more than data widen the policy for themselves. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** What happens around every request, whatever its route: who may ask, what is noted, what every answer carries. */
export function addHooks(server: FastifyInstance, log: JsonLog, metrics: Metrics): void {
  // Fastify reads plain text too; nothing here does, and a browser sends it across sites without asking.
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id });
    const refusal = refusalOf(request);
    if (refusal) return refuse(reply, ...refusal);
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding !== 'identity') return refuseEncoding(reply, encoding);
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const seconds = reply.elapsedTime / 1000;
    metrics.httpDuration.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    log.record('info', 'request', {
      requestId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      user: request.headers['x-taizhang-user'],
    });
  });
}

/**
 * The server trusts headers, so a page of another site must not be able to reach it through the user's browser:
 * neither under a rebound name nor with a cross-site write.
 */
function refusalOf({ headers, method }: FastifyRequest): [code: string, detail: string] | undefined {
  if (!namesLoopback(headers.host)) {
    return ['request.foreignHost', '请用 127.0.0.1 或 localhost 访问本服务'];
  }
  if (SAFE_METHODS.has(method)) return undefined;
  const foreign = headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host);
  if (foreign || headers['sec-fetch-site'] === 'cross-site') {
    return ['request.foreignOrigin', '不接受其他网站发起的写入'];
  }
  return undefined;
}

/** A compressed body would be read as broken text; the header says what is accepted (RFC 9110, 12.5.3). */
function refuseEncoding(reply: FastifyReply, encoding: string): FastifyReply {
  void reply.header('accept-encoding', 'identity');
  const detail = `不接受压缩的请求正文（Content-Encoding: ${encoding}），请不加压缩原样发送`;
  return refuse(reply, 'request.contentEncoding', detail);
}

function refuse(reply: FastifyReply, code: string, detail: string): FastifyReply {
  sendProblem(reply, { ...problemFor(code, detail), instance: reply.request.url });
  return reply;
}
