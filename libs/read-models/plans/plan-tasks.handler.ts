import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay, latestDay } from '#libs/kernel/partial-date.js';
import { regionName } from '#libs/kernel/regions.js';
import { TASK_STATES } from '#libs/plans/domain/vocabulary.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { planLines } from './plan-view.js';
import { PlanTargetsQuery, PlanTasksQuery, type PlanTask, type TargetView } from './queries.js';
import { ofType, type LineOf, type PlanLine } from './standing-entries.js';

const LIST = 'plan-tasks';

@QueryHandler(PlanTasksQuery)
export class PlanTasksHandler implements IQueryHandler<PlanTasksQuery> {
  constructor(
    private readonly database: DataSource,
    private readonly queries: QueryBus,
  ) {}

  async execute({ params }: PlanTasksQuery): Promise<Page<PlanTask>> {
    const { planId, unit, cursor, limit, ...asOf } = params;
    const [after = ''] = cursor === undefined ? [] : readCursor(LIST, cursor, [/^\d{1,9}$/u]);
    const { lines } = await planLines(this.database, planId, asOf);
    const { targets } = await this.queries.execute(new PlanTargetsQuery({ planId, ...asOf }));
    const day = asOf.asEffectiveOn ?? chinaDay(new Date());
    const tasks = tasksOf(lines, targets, day)
      .map((task, n) => ({ task, n }))
      .filter(
        ({ task: { leadUnits, supportingUnits }, n }) =>
          n > Number(after === '' ? -1 : after) &&
          (unit === undefined || [...leadUnits, ...supportingUnits].some((name) => name.includes(unit))),
      );
    const page = pageOf(LIST, tasks.slice(0, checkedLimit(limit) + 1), limit, ({ n }) => [String(n)]);
    return { ...page, items: page.items.map(({ task }) => task) };
  }
}

/** The tasks of a plan in the order recorded. @param day on which a deadline is over or not */
export function tasksOf(lines: readonly PlanLine[], targets: readonly TargetView[], day: string): PlanTask[] {
  const reports = ofType(lines, 'TaskReported');
  return ofType(lines, 'TaskAssigned').map((line) =>
    taskView(
      line,
      reports.filter(({ data }) => data.taskId === line.data.taskId),
      targets,
      day,
    ),
  );
}

function taskView(
  { eventId, data }: LineOf<'TaskAssigned'>,
  reports: readonly LineOf<'TaskReported'>[],
  targets: readonly TargetView[],
  day: string,
): PlanTask {
  const status = statusOf(data, reports, targets);
  return {
    taskId: data.taskId,
    eventId,
    title: data.title,
    leadUnits: data.leadUnits,
    supportingUnits: data.supportingUnits,
    wording: data.wording ?? null,
    deadline: data.deadline ?? null,
    deliverable: data.deliverable ?? null,
    indicator: data.indicator ?? null,
    ...data.source,
    overdue: data.deadline !== undefined && latestDay(data.deadline) < day && status.key !== 'done',
    status,
    reports: reports.map((report) => ({
      eventId: report.eventId,
      region: { code: report.data.region, name: regionName(report.data.region) },
      state: report.data.state,
      note: report.data.note,
      date: report.effective,
    })),
  };
}

/** A task that names no indicator may still be called as one: 养老机构护理型床位占比. */
function statusOf(
  { indicator, title, year }: LineOf<'TaskAssigned'>['data'],
  reports: readonly LineOf<'TaskReported'>[],
  targets: readonly TargetView[],
): PlanTask['status'] {
  const own = targets.filter(
    (target) => target.indicator === (indicator ?? title) && (year === undefined || target.year === year),
  );
  const told = own.filter(({ verdict }) => verdict.key !== 'open').at(-1);
  if (told) {
    const key = told.verdict.key === 'reached' ? 'done' : 'underway';
    const explanation = `${told.computed!.year}年 ${told.computed!.printed}，目标 ${told.printed}：${told.verdict.label}`;
    return { key, label: TASK_STATES[key], from: 'indicator', explanation };
  }
  const last = reports.at(-1);
  if (last) {
    const { state, note, region } = last.data;
    return {
      key: state,
      label: TASK_STATES[state],
      from: 'report',
      explanation: `${regionName(region)}报告：${note}`,
    };
  }
  return { key: 'unknown', label: '未知', from: 'none', explanation: '没有可计算的指标，也没有报告' };
}
