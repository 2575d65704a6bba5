import { Body, Controller, Get, Param, Post, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CircularDesk,
  issuedFigures,
  type CircularDraft,
} from '#libs/circulars/application/circular-desk.js';
import { circularDocx, DOCX_MEDIA_TYPE } from '#libs/circulars/document/circular-docx.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { CircularQuery, CircularsQuery, type CircularView } from '#libs/read-models/evaluations/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, READ_PROBLEMS, schemaOf, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { CircularsParameters, CircularTextBody, IssueCircularBody } from '../dto/evaluations.js';
import { pageFilterOf, ReadQuery } from '../dto/queries.js';
import { answered } from '../evaluations/evaluation-routes.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { circularIdParam, regionParam } from '../http/params.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

const IdParam = (): MethodDecorator =>
  ApiParam({ name: 'circularId', description: '通报标识', schema: { type: 'string', format: 'uuid' } });
const ONE_PROBLEMS = [...READ_PROBLEMS, 404];

/** Progress circulars 通报: drafted from queries at one position, worked on as text, issued as an event. */
@ApiTags('通报')
@Controller('circulars')
export class CircularsController {
  constructor(
    private readonly desk: CircularDesk,
    private readonly queries: ReadBus,
    private readonly texts: SealedTexts,
  ) {}

  @Get('drafts/:region/:period')
  @Answers('getCircularDraft', '通报草稿：可改的文字与锁定于同一位置的数字、表', 'CircularDraft', {
    problems: [...READ_PROBLEMS, 422],
  })
  draft(
    @Param('region', regionParam) region: string,
    @Param('period') period: string,
  ): Promise<CircularDraft> {
    return this.desk.draft(region, period);
  }

  @Put('drafts/:region/:period')
  @Writes()
  @Answers('saveCircularDraft', '保存草稿的文字；数字只能引用，不能手写', 'CircularText', {
    problems: WRITE_PROBLEMS,
  })
  save(
    @Param('region', regionParam) region: string,
    @Param('period') period: string,
    @Body(validated(CircularTextBody)) body: CircularTextBody,
    @Req() request: FastifyRequest,
  ) {
    return this.desk.save(region, period, { ...body, actor: actorOf(request.headers) });
  }

  @Post()
  @Writes()
  @IdempotencyHeader()
  @ApiResponse({ status: 201, description: '已印发，答复同 200' })
  @Answers('issueCircular', '印发通报；内容相同的再次印发答复如前', 'IssuedCircular', {
    problems: WRITE_PROBLEMS,
  })
  async issue(
    @Body(validated(IssueCircularBody)) body: IssueCircularBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const actor = actorOf(request.headers);
    const outcome = await this.desk.issue({ ...body, actor, commandId: commandIdOf(request.headers, actor) });
    answered(reply, outcome);
    return { ...outcome, position: outcome.position ?? null };
  }

  @Get()
  @Answers('listCirculars', '印发的通报，新的在前', 'CircularPage')
  list(@Query(validated(CircularsParameters)) query: CircularsParameters): Promise<Page<CircularView>> {
    return this.queries.execute(new CircularsQuery(pageFilterOf(query)), query);
  }

  @Get(':circularId')
  @IdParam()
  @Answers('getCircular', '一份印发的通报：文字、数字与表', 'Circular', { problems: ONE_PROBLEMS })
  async one(@Param('circularId', circularIdParam) id: string, @Query(validated(ReadQuery)) query: ReadQuery) {
    const found = await this.find(id, query);
    return { ...found, ...(await issuedFigures(this.texts, found.issued)) };
  }

  @Get(':circularId/circular.docx')
  @IdParam()
  @ApiOperation({ operationId: 'exportCircular', summary: '通报（.docx）：公文版式，附审计链与数据摘要' })
  @ApiResponse({
    status: 200,
    description: '文件',
    content: { [DOCX_MEDIA_TYPE]: { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiResponse({
    status: 404,
    description: '没有这个资源',
    content: { 'application/problem+json': { schema: schemaOf('Problem') } },
  })
  async docx(
    @Param('circularId', circularIdParam) id: string,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<StreamableFile> {
    const { issued } = await this.find(id, query);
    const bytes = await circularDocx(issued, await issuedFigures(this.texts, issued));
    return new StreamableFile(bytes, {
      type: DOCX_MEDIA_TYPE,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(`${issued.title}.docx`)}`,
      length: bytes.length,
    });
  }

  private async find(id: string, query: ReadQuery): Promise<CircularView> {
    const found = await this.queries.execute(new CircularQuery(id), query);
    if (found) return found;
    throw new ProblemError('circular.notFound', `没有标识为 ${id} 的通报`, { details: { circularId: id } });
  }
}
