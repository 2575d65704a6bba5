import { Refusal } from '#libs/kernel/refusal.js';

/** Every reason for which something on an annual evaluation is refused, as the API documentation lists them. */
export const EVALUATION_REFUSALS = {
  'evaluation.yearNotOver': '年度未结束，不能封存',
  'evaluation.alreadySealed': '本年度评估已封存且内容不同，须说明更正原因',
  'evaluation.nothingRecorded': '事件库为空，没有可评估的内容',
  'evaluation.incomplete': '有事件被搁置，读模型不完整，不能封存',
  'evaluation.storeTooBusy': '事件库一直有新的写入，未能取得同一位置的数据',
  'evaluation.otherSheet': '评价表的版本与现行的不同',
  'evaluation.unknownItem': '评价表没有这一项',
  'evaluation.derivedItem': '该项由系统计算，不能打分',
  'evaluation.pointsOverWeight': '分数超过该项的权重',
  'evaluation.evidenceMissing': '打分没有写明依据',
  'evaluation.itemTwice': '同一项打分两次',
  'evaluation.notFound': '没有这次年度评估',
  'evaluation.notComparable': '两份快照的格式不同，不能逐项比较',
  'evaluation.snapshotLost': '快照的内容不在数据库中，可由事件重新生成',
  'evaluation.snapshotAltered': '快照的内容与封存时的摘要不符',
} as const;
export type EvaluationRefusalCode = keyof typeof EVALUATION_REFUSALS;

/** @throws Refusal always */
export function refuse(
  code: EvaluationRefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new Refusal(code, message, details);
}
