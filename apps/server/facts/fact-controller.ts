import { Body, Controller, Param, Post, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import type { FactBody } from '../dto/common.js';
import { FactParameters } from '../dto/fact-parameters.js';
import { Writes } from '../http/actor.js';
import { projectIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';
import type { FactRow } from './fact-table.js';
import { FactWriter, type WriteAnswer } from './fact-writer.js';

export const IdempotencyHeader = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    description: 'UUID，或 1–200 个可见 ASCII 字符。同键同内容得到同一答复，只记一次；同键异内容被拒绝',
    required: false,
    schema: { type: 'string', maxLength: 200 },
  });

export const IfMatchHeader = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    description: '写入者所见的项目版本，如 "12"；不符则 412',
    required: false,
    schema: { type: 'string' },
  });

/** The route of one row of the fact table, with its place in the OpenAPI document. */
export function factController({ resource, command, body, summary }: FactRow): Type {
  @ApiTags('事实')
  @ApiExtraModels(body)
  @Writes()
  @Controller(`projects/:projectId/${resource}`)
  class FactController {
    constructor(private readonly writer: FactWriter) {}

    @Post()
    @IdempotencyHeader()
    @IfMatchHeader()
    @ApiParam({ name: 'projectId', description: '项目标识', schema: { type: 'string', format: 'uuid' } })
    @ApiBody({ type: body })
    @Answers(operationIdOf(command), summary, 'Recorded', { status: 201, problems: WRITE_PROBLEMS })
    record(
      @Param('projectId', projectIdParam) projectId: string,
      @Body(validated(body)) fact: FactBody,
      @Query(validated(FactParameters)) { dryRun }: FactParameters,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<WriteAnswer> {
      const target = { command, projectId };
      return dryRun
        ? this.writer.rehearse(target, fact, request, reply)
        : this.writer.write(target, fact, request, reply);
    }
  }
  Object.defineProperty(FactController, 'name', { value: `${command}Controller` });
  return FactController;
}

function operationIdOf(command: string): string {
  return command.charAt(0).toLowerCase() + command.slice(1);
}
