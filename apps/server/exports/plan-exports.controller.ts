import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { breakdownSheet, breakdownTemplate } from '#libs/exchange/export/breakdown-sheet.js';
import { indicatorsSheet } from '#libs/exchange/export/indicators-sheet.js';
import { refuse } from '#libs/plans/domain/refusal-codes.js';
import { IndicatorsQuery } from '#libs/read-models/indicators/queries.js';
import { PlanBreakdownQuery } from '#libs/read-models/plans/queries.js';
import { BreakdownExportParameters } from '../dto/exports.js';
import { IndicatorsParameters } from '../dto/plans.js';
import { filterOf } from '../dto/queries.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { download, Downloads, type ExportFormat } from './download.js';

/** Indicator tables, and county breakdowns that can be filled in and imported. */
@ApiTags('导出')
@Controller('exports')
export class PlanExportsController {
  constructor(private readonly queries: ReadBus) {}

  @Get('indicators.xlsx')
  @Downloads('exportIndicatorsWorkbook', '指标表（.xlsx）：数值为分子、分母的公式', 'xlsx')
  indicatorsWorkbook(
    @Query(validated(IndicatorsParameters)) query: IndicatorsParameters,
  ): Promise<StreamableFile> {
    return this.indicators(query, 'xlsx');
  }

  @Get('indicators.csv')
  @Downloads('exportIndicatorsText', '指标表（.csv）', 'csv')
  indicatorsText(
    @Query(validated(IndicatorsParameters)) query: IndicatorsParameters,
  ): Promise<StreamableFile> {
    return this.indicators(query, 'csv');
  }

  @Get('county-breakdown.xlsx')
  @Downloads('exportBreakdownWorkbook', '分县分解表（.xlsx）：可原样导入', 'xlsx')
  breakdownWorkbook(
    @Query(validated(BreakdownExportParameters)) query: BreakdownExportParameters,
  ): Promise<StreamableFile> {
    return this.breakdown(query, 'xlsx');
  }

  @Get('county-breakdown.csv')
  @Downloads('exportBreakdownText', '分县分解表（.csv）：可原样导入', 'csv')
  breakdownText(
    @Query(validated(BreakdownExportParameters)) query: BreakdownExportParameters,
  ): Promise<StreamableFile> {
    return this.breakdown(query, 'csv');
  }

  @Get('county-breakdown-template.xlsx')
  @Downloads('exportBreakdownTemplate', '待填的分县分解表（.xlsx）：下一级各地区 × 方案的数量目标', 'xlsx')
  templateWorkbook(
    @Query(validated(BreakdownExportParameters)) query: BreakdownExportParameters,
  ): Promise<StreamableFile> {
    return this.template(query, 'xlsx');
  }

  @Get('county-breakdown-template.csv')
  @Downloads('exportBreakdownTemplateText', '待填的分县分解表（.csv）：下一级各地区 × 方案的数量目标', 'csv')
  templateText(
    @Query(validated(BreakdownExportParameters)) query: BreakdownExportParameters,
  ): Promise<StreamableFile> {
    return this.template(query, 'csv');
  }

  private async template(query: BreakdownExportParameters, format: ExportFormat): Promise<StreamableFile> {
    const { plan, targets } = await this.queries.execute(new PlanBreakdownQuery(filterOf(query)), query);
    return download(breakdownTemplate(plan, targets), format);
  }

  private async indicators(query: IndicatorsParameters, format: ExportFormat): Promise<StreamableFile> {
    const { region, year, indicator, ...asOf } = filterOf(query);
    const asked = { regions: [region], years: [year], ...asOf };
    const report = await this.queries.execute(
      new IndicatorsQuery({ ...asked, ...(indicator !== undefined && { indicators: [indicator] }) }),
      query,
    );
    return download(indicatorsSheet(report.answers[0]!, report, asOf), format);
  }

  private async breakdown(query: BreakdownExportParameters, format: ExportFormat): Promise<StreamableFile> {
    const { plan, shares } = await this.queries.execute(new PlanBreakdownQuery(filterOf(query)), query);
    const sheet = breakdownSheet(plan, shares);
    if (sheet) return download(sheet, format);
    return refuse('plan.noBreakdown', `“${plan.title}”没有分县分解`, { planId: plan.id });
  }
}
