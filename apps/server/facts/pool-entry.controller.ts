import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idFor } from '#libs/kernel/ids.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { PoolEntryBody } from '../dto/details.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { validated } from '../http/validation.js';
import { IdempotencyHeader } from './fact-controller.js';
import { FactWriter, type WriteAnswer } from './fact-writer.js';

/** Entering a project into the pool by hand, the one fact that makes its own project. */
@ApiTags('事实')
@Writes()
@Controller('projects')
export class PoolEntryController {
  constructor(private readonly writer: FactWriter) {}

  @Post()
  @IdempotencyHeader()
  @Answers('enterPool', '项目入库', 'Recorded', { status: 201, problems: WRITE_PROBLEMS })
  async enter(
    @Body(validated(PoolEntryBody)) body: PoolEntryBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WriteAnswer> {
    const commandId = commandIdOf(request.headers, actorOf(request.headers));
    // A repeated request must name the same project, so the project's id follows from the command's.
    const projectId = body.projectId ?? idFor('project', commandId);
    const answer = await this.writer.write(
      { command: 'EnterPool', projectId, commandId },
      Object.assign(body, { projectId }),
      request,
      reply,
    );
    void reply.header('location', `/api/v1/projects/${projectId}`);
    return answer;
  }
}
