import type { EventStore } from '#libs/event-store/port.js';
import { RuleSetRecorder } from '#libs/findings/application/rule-set-recorder.js';
import { idFor } from '#libs/kernel/ids.js';
import { PlanRecorder } from '#libs/plans/application/plan-recorder.js';
import {
  adopt,
  baseline,
  PLAN_ID,
  population,
  target,
  task,
} from '#libs/plans/domain/testing/plan-specification.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { COMMISSION } from './two-platforms.js';

const now = () => new Date('2026-11-24T04:00:00.000Z');
const beds = { indicator: '养老床位数', printedName: '养老床位数', unit: '张' };
const { taskId } = task('设施布局').data as { taskId: string };

/** A plan that reaches its target for beds, misses the one for places, and prints the latter twice. */
const COMMANDS: PlanCommand[] = [
  adopt(),
  baseline('100'),
  baseline('500', beds),
  population('50000'),
  target('150'),
  target('160', { source: { document: '示例州“一老一小”整体解决方案', locator: '表3 第1行' } }),
  target('400', beds),
  target('900', { ...beds, year: 2026 }),
  task('设施布局'),
  task('托育扩容', { indicator: '3岁以下婴幼儿托位数', year: 2025 }),
  { type: 'ReportTask', data: { taskId, region: '990100', state: 'underway', note: '已开工' } },
];

export async function recordPlan(store: EventStore): Promise<void> {
  await new PlanRecorder(store, now).record({
    planId: PLAN_ID,
    commands: COMMANDS.slice(),
    effectiveDate: '2023-12-11',
    actor: COMMISSION,
    commandId: idFor('specification plan'),
    evidence: [],
  });
}

/** @param from first day on which the set is in force in the region */
export async function adoptRules(
  store: EventStore,
  ruleSetId: string,
  region: string,
  from: string,
): Promise<void> {
  const words = { title: '示例规则集', authority: '示例州发展改革委', documentNumber: '示例发改〔2025〕1号' };
  await new RuleSetRecorder(store, now).adopt({
    asked: { ruleSetId, version: 1, region, from, ...words },
    effectiveDate: from,
    actor: { ...COMMISSION, region },
    commandId: idFor('specification rules', ruleSetId, from),
    evidence: [],
  });
}
