import { OmitType } from '@nestjs/swagger';
import { PROJECT_COLUMNS, type ProjectColumn } from '#libs/exchange/export/projects-sheet.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { FindingsParameters } from './findings.js';
import { OneOf, Pattern, Text, WholeInQuery } from './fields.js';
import { AsOfParameters, LedgerParameters } from './figure-queries.js';
import { ProjectSortParameters } from './project-queries.js';
import { PLAN_ID } from '#libs/plans/domain/plan-id.js';
import { PlanParameters } from './plans.js';
import { Category, KeyList, Region } from './queries.js';

const Unit = (): PropertyDecorator =>
  OneOf('金额单位（默认万元）', { 万元: '保留精确所需的小数', 元: '两位小数' }, { optional: true });

export class LedgerExportParameters extends LedgerParameters {
  @Unit()
  unit?: '万元' | '元';
}

export class ProjectListExportParameters extends AsOfParameters {
  @Region()
  region?: string;

  @Category()
  category?: ProjectCategory;

  @WholeInQuery('列入哪一年度的清单', 1949, 2200, { optional: true })
  year?: number;

  @WholeInQuery('计划投入使用的年份', 1949, 2200, { optional: true })
  plannedUseYear?: number;

  @Text('清单标题：只输出列入此清单的项目，序号按清单', { optional: true })
  list?: string;

  @Unit()
  unit?: '万元' | '元';
}

export class ProjectsExportParameters extends ProjectSortParameters {
  @KeyList(
    '列，默认全部',
    (key) => Object.hasOwn(PROJECT_COLUMNS, key),
    `应为 ${Object.keys(PROJECT_COLUMNS).join('、')} 中的若干，以逗号分隔`,
    'sequence,name,totalInvestment',
  )
  columns?: ProjectColumn[];

  @Unit()
  unit?: '万元' | '元';
}

/** All pages at once. */
export class FindingsExportParameters extends OmitType(FindingsParameters, ['cursor', 'limit'] as const) {}

export class BreakdownExportParameters extends PlanParameters {
  @Pattern('方案编号：地区-起年-止年', PLAN_ID, '应为方案编号，如 513400-2023-2025', {
    example: '513400-2023-2025',
  })
  planId!: string;
}
