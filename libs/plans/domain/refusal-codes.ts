import { Refusal } from '#libs/kernel/refusal.js';

/** Every reason for which something on a plan is refused, as the API documentation lists them. */
export const PLAN_REFUSALS = {
  'plan.alreadyAdopted': '该地区该时期的方案已登记',
  'plan.notAdopted': '方案尚未登记',
  'plan.notFound': '没有这份方案',
  'plan.noBreakdown': '方案没有分县分解',
  'plan.badId': '方案编号不可识别',
  'plan.badPeriod': '方案时期不成立',
  'plan.unknownRegion': '未知的行政区划代码',
  'plan.outsideRegion': '不在方案的地区之内',
  'plan.badRange': '区间的下限不小于上限',
  'plan.populationNotPositive': '人口数须为正数',
  'plan.otherEntry': '同一处已登记了其他内容',
  'plan.unknownTask': '方案中没有这项任务',
  'plan.duplicateShare': '同一地区在分解表中重复',
  'plan.sharesWithoutTarget': '方案没有该指标该年的目标',
  'plan.sharesNotExact': '分解数不是确定的数',
  'plan.sharesDoNotSum': '各地分解数之和与方案目标不符',
  'plan.unknownEntry': '没有这条登记',
  'plan.alreadyReversed': '该登记已被冲正',
  'plan.notReversible': '该事件不能冲正',
} as const;
export type PlanRefusalCode = keyof typeof PLAN_REFUSALS;

/** @throws Refusal always */
export function refuse(
  code: PlanRefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new Refusal(code, message, details);
}
