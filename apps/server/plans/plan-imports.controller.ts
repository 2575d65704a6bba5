import { Controller, HttpStatus, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlanImporter, type PlanImportReport } from '#libs/exchange/plan/plan-importer.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { PlanImportParameters } from '../dto/plans.js';
import { actorOf, Writes } from '../http/actor.js';
import { validated } from '../http/validation.js';
import { uploadedFile } from '../imports/uploaded-file.js';
import { UploadsTable } from '../imports/uploads.js';

/** Figures, tasks and county shares of a plan as files. */
@ApiTags('导入')
@Controller('imports/plans')
export class PlanImportsController {
  constructor(private readonly importer: PlanImporter) {}

  @Post()
  @Writes()
  @UploadsTable()
  @Answers('importPlan', '导入方案的指标、任务或分县分解；没有变化则不记录', 'PlanImportReport', {
    problems: WRITE_PROBLEMS,
  })
  async importPlan(
    @Query(validated(PlanImportParameters)) query: PlanImportParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanImportReport & { position: string | null }> {
    const actor = actorOf(request.headers);
    const { dryRun = false, effectiveDate } = query;
    const { file } = await uploadedFile(request);
    const { report, position } = await this.importer.import({
      ...file,
      ...(effectiveDate !== undefined && { effectiveDate }),
      actor,
      dryRun,
    });
    void reply.status(position === undefined ? HttpStatus.OK : HttpStatus.CREATED);
    if (position !== undefined) void reply.header('taizhang-position', position);
    if (!dryRun) void reply.header('location', `/api/v1/plans/${report.planId}`);
    return { ...report, position: position ?? null };
  }
}
