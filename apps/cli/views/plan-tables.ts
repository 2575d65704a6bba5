import type { Contradiction } from '#libs/plans/domain/contradictions/contradiction.js';
import type { PlanTargets, PlanTask, PlanView, PlanYears } from '#libs/read-models/plans/queries.js';
import type { Column, Table } from '../output/table.js';
import { NONE, yearCell } from './cells.js';

const right = (header: string): Column => ({ header, align: 'right' });

export function plansTable(plans: readonly PlanView[]): Table {
  return {
    title: `方案（${plans.length} 份）`,
    columns: [
      { header: '编号' },
      { header: '名称', maxWidth: 44 },
      { header: '文号', maxWidth: 26 },
      ...['基期', '人口', '预测', '目标', '任务', '分解'].map(right),
    ],
    rows: plans.map((plan) => [
      plan.id,
      plan.title,
      plan.documentNumber ?? NONE,
      ...[plan.baselines, plan.populations, plan.forecasts, plan.targets, plan.tasks, plan.breakdowns].map(
        String,
      ),
    ]),
  };
}

/** Each target as printed, beside what the indicator computes to. */
export function targetsTable({ plan, targets }: PlanTargets): Table {
  return {
    title: `目标与现状：${plan.title}`,
    columns: [
      { header: '年度' },
      { header: '指标', maxWidth: 40 },
      right('目标'),
      { header: '属性' },
      right('现状'),
      { header: '判断', maxWidth: 26 },
      { header: '位置', maxWidth: 24 },
    ],
    rows: targets.map((target) => [
      yearCell(target.year, '未列'),
      target.indicator,
      target.printed,
      target.attribute?.label ?? NONE,
      target.computed ? `${target.computed.printed}（${target.computed.year}）` : NONE,
      target.onlyRounded ? `${target.verdict.label}（四舍五入后才达到）` : target.verdict.label,
      target.locator,
    ]),
    notes: ['现状算到括号内年份的 12 月 31 日；按未舍入的值判断。'],
  };
}

export function contradictionsTable(contradictions: readonly Contradiction[]): Table {
  const words = { note: '提示', warning: '提示', error: '问题' };
  return {
    title: `方案内部的矛盾（${contradictions.length} 处）`,
    columns: [{ header: '规则' }, { header: '程度' }, { header: '说明', maxWidth: 90 }],
    rows: contradictions.map(({ rule, severity, sentence }) => [rule, words[severity], sentence]),
    notes: ['并列各处的写法，不判断哪一处为准。'],
  };
}

export function tasksTable(tasks: readonly PlanTask[]): Table {
  return {
    title: `任务分解（${tasks.length} 项）`,
    columns: [
      { header: '任务', maxWidth: 40 },
      { header: '牵头单位', maxWidth: 28 },
      { header: '配合单位', maxWidth: 28 },
      { header: '时限' },
      { header: '进展' },
      { header: '依据', maxWidth: 40 },
      { header: '任务编号' },
    ],
    rows: tasks.map(({ taskId, title, leadUnits, supportingUnits, deadline, overdue, status }) => [
      title,
      leadUnits.join('、') || NONE,
      supportingUnits.join('、') || NONE,
      deadline ?? NONE,
      overdue ? `${status.label}（逾期）` : status.label,
      status.explanation,
      taskId,
    ]),
  };
}

/** A row a year: what is asked for, what there is, what changed. */
export function planYearsTable({ plan, indicators }: PlanYears): Table {
  const right = (header: string) => ({ header, align: 'right' as const });
  return {
    title: `逐年的目标与实际：${plan.title}`,
    columns: [
      { header: '指标', maxWidth: 36 },
      { header: '年度' },
      { header: '目标', maxWidth: 24 },
      right('实际'),
      right('比上年'),
      { header: '完成' },
      { header: '说明', maxWidth: 50 },
    ],
    rows: indicators.flatMap(({ indicator, years }) =>
      years.map(({ year, targets, actual, change, why, explanation }) => [
        indicator.name,
        String(year),
        [...new Set(targets.map(({ printed }) => printed))].join('、') || NONE,
        actual?.printed ?? NONE,
        change?.printed ?? NONE,
        [
          ...new Set(
            targets.map(({ verdict, onlyRounded }) => verdict.label + (onlyRounded ? '（仅舍入后）' : '')),
          ),
        ].join('、') || NONE,
        why ?? explanation ?? NONE,
      ]),
    ),
  };
}
