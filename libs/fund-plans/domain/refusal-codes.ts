import { Refusal } from '#libs/kernel/refusal.js';

/** Every reason for which something on a plan document is refused, as the API documentation lists them. */
export const FUND_PLAN_REFUSALS = {
  'fundPlan.alreadyIssued': '该文号的投资计划已登记',
  'fundPlan.directSource': '该资金来源不经计划下达',
  'fundPlan.duplicateProject': '同一项目在计划中重复',
  'fundPlan.linesOverTotal': '各项目之和超过计划总额',
  'fundPlan.unknownRegion': '未知的行政区划代码',
  'fundPlan.unknownProject': '计划所列项目尚未入库',
  'fundPlan.otherMoney': '下达的资金来源或年度与计划文件不符',
  'fundPlan.outsideRegion': '项目不在计划文件的地区之内',
  'fundPlan.drawnOverLine': '下达超过计划文件中该项目的额度',
  'fundPlan.drawnOverRest': '下达超过计划文件未分解到项目的余额',
  'fundPlan.otherDraw': '同一下达已按其他金额占用计划额度',
  'fundPlan.adjustedBelowDrawn': '调整后的计划低于已占用的额度',
  'fundPlan.reallocatedOverDrawn': '调剂超过该项目在计划文件中占用的额度',
  'reallocation.sameProject': '调出与调入是同一个项目',
  'reallocation.undone': '该次调剂已撤回或已冲销',
  'fundPlan.notFound': '没有这份投资计划',
} as const;
export type FundPlanRefusalCode = keyof typeof FUND_PLAN_REFUSALS;

/** @throws Refusal always */
export function refuse(
  code: FundPlanRefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new Refusal(code, message, details);
}
