import type { PlanTask } from '#libs/read-models/plans/queries.js';
import { byKey, type Entry } from '../entry.js';
import type { Section } from './section.js';

/** 任务分解 of the year's plans: who leads, what is due, and how far each task is by indicator or by report. */
export const tasksSection: Section = {
  name: 'tasks',
  async *entries({ plans }) {
    yield* plans.flatMap(({ plan, tasks }) => tasks.map((task) => entryOf(plan.id, task))).sort(byKey);
  },
};

function entryOf(planId: string, task: PlanTask): Entry {
  const { status, reports } = task;
  return {
    key: `${planId}/${task.taskId}`,
    label: task.title,
    figures: {
      eventId: task.eventId,
      leadUnits: task.leadUnits,
      supportingUnits: task.supportingUnits,
      deadline: task.deadline,
      deliverable: task.deliverable,
      indicator: task.indicator,
      document: task.document,
      locator: task.locator,
      status: status.key,
      statusFrom: status.from,
      explanation: status.explanation,
      reports: reports.map(({ eventId, region, state, date }) => ({
        eventId,
        region: region.code,
        state,
        date,
      })),
    },
  };
}
