import {
  applyDecorators,
  Body,
  Controller,
  Get,
  HttpStatus,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvidenceFiles } from '#libs/database/evidence-files.js';
import { readStatistics } from '#libs/exchange/statistics/read-statistics.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { BookOutcome } from '#libs/projects/application/stream-book.js';
import {
  RecordedStatisticsQuery,
  StatisticsReportsQuery,
  StatisticsStepsQuery,
  type RecordedStatistics,
  type StatisticsReports,
  type StatisticsStepView,
} from '#libs/read-models/statistics/queries.js';
import { assertMay } from '#libs/statistics/application/permissions.js';
import { StatisticsDesk, type StatisticsStep } from '#libs/statistics/application/statistics-desk.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { toDomain } from '../dto/money-fields.js';
import { pageFilterOf, ReadQuery } from '../dto/queries.js';
import {
  CheckBody,
  DifferenceBody,
  ReportingBody,
  ReturnBody,
  StatisticsReportsParameters,
  SubmissionBody,
} from '../dto/statistics.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { uploadedFile } from '../imports/uploaded-file.js';
import { UploadsTable } from '../imports/uploads.js';

type Answer = Omit<BookOutcome, 'position'> & { position: string | null };
type Where = { region: string; period: string };

const OPTIONS = { status: 201, problems: WRITE_PROBLEMS };
const Place = (): MethodDecorator =>
  applyDecorators(
    ApiParam({
      name: 'region',
      description: '行政区划代码',
      schema: { type: 'string', pattern: '^\\d{6}$' },
    }),
    ApiParam({ name: 'period', description: '2025、2025-H1、2025-Q3、2025-06', schema: { type: 'string' } }),
  );

/** Statistics reporting 统计上报: what each unit owes, its submissions, and the check by another person. */
@ApiTags('统计上报')
@Controller('statistics')
export class StatisticsController {
  constructor(
    private readonly desk: StatisticsDesk,
    private readonly files: EvidenceFiles,
    private readonly queries: ReadBus,
  ) {}

  @Post(':region/:period/openings')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @Answers('openStatisticsReporting', '布置一期统计上报', 'StatisticsRecorded', OPTIONS)
  open(
    @Param() where: Where,
    @Body(validated(ReportingBody)) body: ReportingBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return this.answer(
      reply,
      this.desk.open({
        ...stepOf(where, body, request),
        duties: toDomain(body.duties) as ReportingBody['duties'],
      }),
    );
  }

  @Post(':region/:period/submissions')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @Answers('submitStatistics', '上报本单位的统计数；退回后可再报', 'StatisticsRecorded', OPTIONS)
  submit(
    @Param() where: Where,
    @Body(validated(SubmissionBody)) body: SubmissionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const given = toDomain(body.figures) as SubmissionBody['figures'];
    const figures = given.map(({ value = null, ...figure }) => ({ ...figure, value }));
    const note = body.note === undefined ? {} : { note: body.note };
    return this.answer(reply, this.desk.submit({ ...stepOf(where, body, request), figures, ...note }));
  }

  @Post(':region/:period/submission-files')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @UploadsTable()
  @Answers('submitStatisticsFile', '上报填好的统计表（.xlsx 或 .csv）；退回后可再报', 'StatisticsRecorded', {
    problems: WRITE_PROBLEMS,
  })
  async submitFile(
    @Param() where: Where,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    // Who may not report has no file kept as evidence either.
    assertMay('submit', actorOf(request.headers), where.region);
    const { bytes, fileName } = (await uploadedFile(request)).file;
    const figures = readStatistics(await readTable(bytes, fileName));
    const { digest: fileDigest } = await this.files.put(bytes, fileName);
    const evidence = [{ fileDigest, fileName }];
    return this.answer(reply, this.desk.submit({ ...stepOf(where, {}, request), evidence, figures }));
  }

  @Post(':region/:period/checks')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @Answers('checkStatistics', '审核通过一个单位的报表（须由另一人）', 'StatisticsRecorded', OPTIONS)
  check(
    @Param() where: Where,
    @Body(validated(CheckBody)) body: CheckBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const note = body.note === undefined ? {} : { note: body.note };
    return this.answer(reply, this.desk.check({ ...stepOf(where, body, request), unit: body.unit, ...note }));
  }

  @Post(':region/:period/returns')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @Answers('returnStatistics', '退回一个单位的报表', 'StatisticsRecorded', OPTIONS)
  giveBack(
    @Param() where: Where,
    @Body(validated(ReturnBody)) body: ReturnBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const { unit, reason } = body;
    return this.answer(reply, this.desk.giveBack({ ...stepOf(where, body, request), unit, reason }));
  }

  @Post(':region/:period/explanations')
  @Writes()
  @IdempotencyHeader()
  @Place()
  @Answers('explainStatisticsDifference', '说明统计数与台账数的差异', 'StatisticsRecorded', OPTIONS)
  explain(
    @Param() where: Where,
    @Body(validated(DifferenceBody)) body: DifferenceBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const { figure, explanation } = body;
    return this.answer(reply, this.desk.explain({ ...stepOf(where, body, request), figure, explanation }));
  }

  @Get('reports')
  @Answers('listStatisticsReports', '各单位的上报情况：待报、待审核、退回、迟报、未报', 'StatisticsReports')
  reports(
    @Query(validated(StatisticsReportsParameters)) query: StatisticsReportsParameters,
  ): Promise<StatisticsReports> {
    return this.queries.execute(new StatisticsReportsQuery(pageFilterOf(query)), query);
  }

  @Get(':region/:period')
  @Place()
  @Answers('getRecordedStatistics', '已审核的统计数，及年度数与设施合计的对照', 'RecordedStatistics')
  recorded(
    @Param() { region, period }: Where,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<RecordedStatistics> {
    return this.queries.execute(new RecordedStatisticsQuery({ region, period }), query);
  }

  @Get(':region/:period/steps')
  @Place()
  @Answers('listStatisticsSteps', '一期统计上报的经过：上报的数、审核、退回、差异说明', 'StatisticsSteps')
  async steps(
    @Param() { region, period }: Where,
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<{ items: StatisticsStepView[] }> {
    return { items: await this.queries.execute(new StatisticsStepsQuery({ region, period }), query) };
  }

  private async answer(reply: FastifyReply, outcome: Promise<BookOutcome>): Promise<Answer> {
    const { position, ...rest } = await outcome;
    if (position !== undefined) void reply.header('taizhang-position', position);
    void reply.status(rest.outcome === 'recorded' ? HttpStatus.CREATED : HttpStatus.OK);
    return { ...rest, position: position ?? null };
  }
}

function stepOf(
  { region, period }: Where,
  { evidence }: { evidence?: StatisticsStep['evidence'] },
  { headers }: FastifyRequest,
): StatisticsStep {
  const actor = actorOf(headers);
  return {
    region,
    period,
    actor,
    commandId: commandIdOf(headers, actor),
    ...(evidence && { evidence: toDomain(evidence) as typeof evidence }),
  };
}
