import { randomUUID } from 'node:crypto';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorFields, type JsonLog } from '../log.js';
import { answerFor, problemFor, type Answer, type Problem } from './problem.js';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Codes of Fastify and its multipart plugin that are the client's doing. */
const FASTIFY_CODES: Record<string, readonly [code: string, detail: string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['request.malformedJson', '请求正文不是合法的 JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request.malformedJson', '请求正文为空，应为 JSON'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['request.mediaType', '不支持这种内容类型，请用 application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request.malformed', '正文长度与 Content-Length 不符'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['request.tooLarge', '请求正文超过上限（JSON 1 MB）'],
  FST_REQ_FILE_TOO_LARGE: ['request.tooLarge', '文件超过上限（20 MB）'],
  FST_FILES_LIMIT: ['request.invalid', '一次只能上传一个文件'],
  FST_PARTS_LIMIT: ['request.invalid', '上传的部分过多'],
  FST_FIELDS_LIMIT: ['request.invalid', '上传的字段过多'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['request.mediaType', '请用 multipart/form-data 上传文件'],
  FST_ERR_BAD_URL: ['request.malformed', '地址无法识别'],
};

/** Every error that leaves the server, from a mistyped path to a lost database, is a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: JsonLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { problem, retryAfterSeconds } =
      answerFor(error) ?? fromHttp(error) ?? this.unexpected(error, request);
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    sendProblem(reply, { ...problem, instance: request.url });
  }

  /** Says nothing of what went wrong inside, only an id by which the operator finds it in the log. */
  private unexpected(error: unknown, request: FastifyRequest): Answer {
    const errorId = randomUUID();
    this.log.record('error', 'unexpected error', { errorId, requestId: request.id, ...errorFields(error) });
    const problem = problemFor('server.unexpected', `服务器出错，已记入日志，编号 ${errorId}`);
    return { problem: { ...problem, details: { errorId } } };
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  void reply.code(problem.status).type(PROBLEM_JSON).serializer(JSON.stringify).send(problem);
}

function fromHttp(error: unknown): Answer | undefined {
  // Nest wraps what Fastify says, with the original as the cause.
  const original = error instanceof HttpException ? error.cause : error;
  const known = FASTIFY_CODES[(original as { code?: string } | undefined)?.code ?? ''];
  if (known) return { problem: problemFor(...known) };
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number })?.statusCode;
  if (status === undefined || status >= 500) return undefined;
  if (status === 404) return { problem: problemFor('route.notFound', '没有这个地址，可用的地址见 /docs') };
  if (status === 413) return { problem: problemFor('request.tooLarge', '请求正文超过上限（JSON 1 MB）') };
  if (status === 415)
    return { problem: problemFor('request.mediaType', '不支持这种内容类型，请用 application/json') };
  return { problem: problemFor('request.malformed', '请求无法识别') };
}
