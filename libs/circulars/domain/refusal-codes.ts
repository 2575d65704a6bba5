import { Refusal } from '#libs/kernel/refusal.js';

/** Every reason for which something on a circular is refused, as the API documentation lists them. */
export const CIRCULAR_REFUSALS = {
  'circular.badPeriod': '期间应为年（2025）、季度（2025-Q3）或月（2025-06）',
  'circular.periodNotOver': '期间未结束，不能通报',
  'circular.alreadyIssued': '本期通报已印发且内容不同，须说明更正原因',
  'circular.unknownFigure': '正文引用了没有的数字',
  'circular.typedFigure': '正文中有手写的数字，应引用系统的数字',
  'circular.unknownTable': '没有这张表',
  'circular.badText': '正文的段落有误',
  'circular.draftChanged': '草稿已被他人修改',
  'circular.notFound': '没有这份通报',
  'circular.figuresLost': '通报的数字不在数据库中',
} as const;
export type CircularRefusalCode = keyof typeof CIRCULAR_REFUSALS;

/** @throws Refusal always */
export function refuse(
  code: CircularRefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new Refusal(code, message, details);
}
