import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { AnswerName } from './catalogue.js';

const PROBLEMS: Record<number, string> = {
  400: '请求有误',
  401: '缺少操作人',
  403: '无权办理，或跨站写入',
  404: '没有这个资源',
  409: '他人已先写入',
  412: '与 If-Match 的版本不符',
  413: '请求过大',
  415: '不支持的内容类型',
  422: '业务规则不允许，detail 中列出算式',
  503: '事件库、数据库或查询数据暂不可用，稍后重试',
  504: '写入结果未知，请用同一个幂等键重发',
};

export const READ_PROBLEMS = [400, 503];
export const WRITE_PROBLEMS = [400, 401, 403, 409, 412, 413, 415, 422, 503, 504];

export const schemaOf = (name: AnswerName): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** What a route is for and what it answers, for the OpenAPI document: the good answer and every problem. */
export function Answers(
  operationId: string,
  summary: string,
  answer: AnswerName,
  options: { status?: number; problems?: readonly number[] } = {},
): MethodDecorator {
  const { status = 200, problems = READ_PROBLEMS } = options;
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiResponse({
      status,
      description: summary,
      content: { 'application/json': { schema: schemaOf(answer) } },
    }),
    ...problems.map((code) =>
      ApiResponse({
        status: code,
        description: PROBLEMS[code]!,
        content: { 'application/problem+json': { schema: schemaOf('Problem') } },
      }),
    ),
    ApiResponse({
      status: 500,
      description: '服务器内部错误，details.errorId 为日志编号',
      content: { 'application/problem+json': { schema: schemaOf('Problem') } },
    }),
  );
}
