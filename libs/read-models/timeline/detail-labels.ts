import type { ProjectDetails } from '#libs/projects/domain/events.js';

/** What people call the fields of a project. */
export const DETAIL_LABELS: Readonly<Record<keyof ProjectDetails, string>> = {
  name: '项目名称',
  category: '项目类型',
  regions: '所在行政区划',
  place: '实施地点',
  scope: '建设内容和规模',
  implementingUnits: '组织实施单位',
  constructionNature: '建设性质',
  plannedStart: '计划开工时间',
  plannedUse: '投入使用时间',
  totalInvestmentFen: '总投资',
  plannedCapacity: '计划规模',
  bedScope: '床位类别',
  floorAreaM2: '建筑面积',
  facilityCount: '设施数量',
};
