import { idFor } from '#libs/kernel/ids.js';
import type { PlanCommand, PlanContext } from '../commands.js';
import { planDecider, type DecidedPlanEvent } from '../decider.js';
import { taskIdFor, type PlanEventData, type Source } from '../events.js';
import type { PlanState } from '../state.js';

/** Made-up commands on a plan of 示例州, for specifications. */
export const PLAN_ID = '990100-2023-2025';
export const DOCUMENT = '示例州“一老一小”整体解决方案';
export const CONTEXT: PlanContext = { effectiveDate: '2023-12-11', today: '2026-11-24' };

export const at = (locator: string): Source => ({ document: DOCUMENT, locator });
export const eventIdOf = (n: number): string => idFor('plan specification event', String(n));

export const adopt = (more: Partial<PlanEventData<'PlanAdopted'>> = {}): PlanCommand => ({
  type: 'AdoptPlan',
  data: { region: '990100', period: { from: 2023, to: 2025 }, title: DOCUMENT, ...more },
});

export const baseline = (
  value: string,
  more: Partial<PlanEventData<'BaselineRecorded'>> = {},
): PlanCommand => ({
  type: 'RecordBaseline',
  data: {
    region: '990100',
    indicator: '3岁以下婴幼儿托位数',
    printedName: '托位数',
    unit: '个',
    year: 2022,
    value: { kind: 'exact', value },
    source: at('一(二)'),
    ...more,
  },
});

export const population = (
  persons: string,
  more: Partial<PlanEventData<'PopulationRecorded'>> = {},
): PlanCommand => ({
  type: 'RecordPopulation',
  data: {
    region: '990100',
    population: 'resident',
    printedName: '常住人口',
    year: 2020,
    persons,
    printedAs: `${persons}人`,
    source: at('一(一)'),
    ...more,
  },
});

export const target = (value: string, more: Partial<PlanEventData<'TargetSet'>> = {}): PlanCommand => ({
  type: 'SetTarget',
  data: {
    region: '990100',
    indicator: '3岁以下婴幼儿托位数',
    printedName: '托位数',
    unit: '个',
    year: 2025,
    value: { kind: 'exact', value },
    source: at('表2 第1行'),
    ...more,
  },
});

export const task = (title: string, more: Partial<PlanEventData<'TaskAssigned'>> = {}): PlanCommand => ({
  type: 'AssignTask',
  data: {
    taskId: taskIdFor(PLAN_ID, title, at('四(一)')),
    title,
    leadUnits: ['示例州民政局'],
    supportingUnits: ['示例州财政局'],
    source: at('四(一)'),
    ...more,
  },
});

export const shares = (
  values: Readonly<Record<string, string>>,
  more: Partial<PlanEventData<'CountySharesSet'>> = {},
): PlanCommand => ({
  type: 'SetCountyShares',
  data: {
    indicator: '3岁以下婴幼儿托位数',
    year: 2025,
    unit: '个',
    basis: 'decided',
    shares: Object.entries(values).map(([region, value]) => ({ region, value: { kind: 'exact', value } })),
    source: at('分解表'),
    ...more,
  },
});

export const reverse = (n: number): PlanCommand => ({
  type: 'ReverseEntry',
  data: { eventId: eventIdOf(n), reason: '登记有误' },
});

/** What the last command decides after all the others were done; events are numbered as `eventIdOf` counts. */
export function decided(...commands: PlanCommand[]): DecidedPlanEvent[] {
  return story(commands).last;
}

export function stateAfter(...commands: PlanCommand[]): PlanState {
  return story(commands).state;
}

function story(commands: readonly PlanCommand[]): { last: DecidedPlanEvent[]; state: PlanState } {
  let state = planDecider.initialState();
  let last: DecidedPlanEvent[] = [];
  let count = 0;
  for (const command of commands) {
    last = planDecider.decide(command, state, CONTEXT);
    for (const event of last) state = planDecider.evolve(state, { ...event, id: eventIdOf(count++) });
  }
  return { last, state };
}
