import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  IndicatorComparisonQuery,
  type IndicatorComparison,
} from '#libs/read-models/indicators/comparison-query.js';
import { IndicatorsQuery, type IndicatorReport } from '#libs/read-models/indicators/queries.js';
import { Answers } from '../answers/answers.decorator.js';
import { IndicatorComparisonParameters, IndicatorsParameters } from '../dto/plans.js';
import { filterOf } from '../dto/queries.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

/** Indicators of a region at the end of a year, with all that they rest on. */
@ApiTags('方案与指标')
@Controller('indicators')
export class IndicatorsController {
  constructor(private readonly queries: ReadBus) {}

  @Get()
  @Answers('getIndicators', '指标：分子、分母、口径、时点和背后的事件', 'IndicatorReport')
  indicators(@Query(validated(IndicatorsParameters)) query: IndicatorsParameters): Promise<IndicatorReport> {
    const { region, year, indicator, ...asOf } = filterOf(query);
    return this.queries.execute(
      new IndicatorsQuery({
        regions: [region],
        years: [year],
        ...(indicator !== undefined && { indicators: [indicator] }),
        ...asOf,
      }),
      query,
    );
  }

  @Get('comparison')
  @Answers('compareIndicators', '一个地区及其下一级各行政区划的指标，并列', 'IndicatorComparison')
  comparison(
    @Query(validated(IndicatorComparisonParameters)) query: IndicatorComparisonParameters,
  ): Promise<IndicatorComparison> {
    return this.queries.execute(new IndicatorComparisonQuery(filterOf(query)), query);
  }
}
