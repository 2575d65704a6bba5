import { canonicalJson } from '#libs/kernel/canonical.js';
import { earliestDay, isPartialDate, printPartialDate, type PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, regionContains, regionName } from '#libs/kernel/regions.js';
import type { PlanCommand, PlanCommands, PlanContext } from './commands.js';
import { assertSharesHold } from './county-shares.js';
import { entryKey, saysTheSame } from './entries.js';
import type { PlanEntry, PlanEvent, PlanEventData } from './events.js';
import { refuse } from './refusal-codes.js';
import { entriesOf, evolve, evolveAll, initialState, type PlanState } from './state.js';
import { isOrdered, printedText, type PrintedValue } from './values.js';

/** An event with the business date that is its own: a state reported for 2022 is a fact of 2022. */
export type DecidedPlanEvent = PlanEvent & { effectiveDate: PartialDate };

/**
 * The rules of one plan, pure. What stands already, word for word, is no event: so a file imported twice records
 * nothing. Another content for the same place of a document is refused until the old entry is taken back.
 */
export const planDecider = {
  initialState,
  decide(command: PlanCommand, state: PlanState, context: PlanContext): DecidedPlanEvent[] {
    if (command.type === 'AdoptPlan') return dated(adopt(command.data, state), context);
    const { plan } = state;
    if (!plan) refuse('plan.notAdopted', '方案尚未登记，请先登记方案本身');
    if (command.type === 'RevisePlanDetails') return dated(revise(command.data, plan), context);
    if (command.type === 'ReverseEntry') return dated(reverse(command.data, state), context);
    const entry = entryOf(command);
    assertEntryHolds(entry, plan, state);
    const key = entryKey(entry);
    const standing = key === undefined ? undefined : state.entries.get(state.byKey.get(key) ?? '');
    if (!standing) return dated([entry], context);
    if (saysTheSame(standing, entry)) return [];
    return refuse('plan.otherEntry', `${describe(entry)}：同一处已登记了其他内容，请先冲正原登记`, {
      eventId: standing.id,
      type: entry.type,
    });
  },
  evolve,
  evolveAll,
} as const;

const EVENT_OF = {
  RecordBaseline: 'BaselineRecorded',
  RecordPopulation: 'PopulationRecorded',
  RecordForecast: 'ForecastRecorded',
  SetTarget: 'TargetSet',
  AssignTask: 'TaskAssigned',
  ReportTask: 'TaskReported',
  SetCountyShares: 'CountySharesSet',
} as const;

type EntryCommand = Extract<PlanCommand, { type: keyof typeof EVENT_OF }>;
export const entryOf = ({ type, data }: EntryCommand): PlanEntry =>
  ({ type: EVENT_OF[type], data }) as PlanEntry;

function dated(events: readonly PlanEvent[], { effectiveDate, today }: PlanContext): DecidedPlanEvent[] {
  return events.map((event) => {
    const date = ownDate(event) ?? effectiveDate;
    if (!isPartialDate(date)) {
      throw new Refusal('date.unreadable', `“${date}”不是可识别的业务日期`, { effectiveDate: date });
    }
    if (earliestDay(date) > today) {
      const message = `业务日期 ${printPartialDate(date)} 晚于今天 ${printPartialDate(today)}`;
      throw new Refusal('date.future', message, { effectiveDate: date, today });
    }
    return { ...event, effectiveDate: date };
  });
}

function ownDate(event: PlanEvent): PartialDate | undefined {
  if (event.type !== 'BaselineRecorded' && event.type !== 'PopulationRecorded') return undefined;
  return event.data.year === undefined ? undefined : String(event.data.year);
}

function adopt(data: PlanEventData<'PlanAdopted'>, { plan }: PlanState): PlanEvent[] {
  if (plan) {
    if (canonicalJson(plan) === canonicalJson(data)) return [];
    refuse('plan.alreadyAdopted', `“${plan.title}”已登记，名称有误请更正`, { title: plan.title });
  }
  assertKnown(data.region);
  const { from, to } = data.period;
  if (from > to) refuse('plan.badPeriod', `时期 ${from}—${to} 的起始晚于结束`, { from, to });
  return [{ type: 'PlanAdopted', data }];
}

function revise(
  { details, reason }: PlanCommands['RevisePlanDetails'],
  { region: _r, area: _a, period: _p, ...before }: PlanEventData<'PlanAdopted'>,
): PlanEvent[] {
  if (canonicalJson(before) === canonicalJson(details)) return [];
  return [{ type: 'PlanDetailsRevised', data: { before, after: details, reason } }];
}

function reverse({ eventId, reason }: PlanCommands['ReverseEntry'], state: PlanState): PlanEvent[] {
  if (state.reversed.has(eventId))
    refuse('plan.alreadyReversed', '该登记已被冲正，不能再次冲正', { eventId });
  const entry = state.entries.get(eventId);
  if (!entry) refuse('plan.unknownEntry', '方案中没有可冲正的这条登记', { eventId });
  const { id, type, effectiveDate, data } = entry;
  return [{ type: 'EntryReversed', data: { reversed: { id, type, effectiveDate, data }, reason } }];
}

function assertEntryHolds(entry: PlanEntry, plan: PlanEventData<'PlanAdopted'>, state: PlanState): void {
  switch (entry.type) {
    case 'PopulationRecorded':
      assertKnown(entry.data.region);
      if (/^[0.]+$/u.test(entry.data.persons)) {
        refuse('plan.populationNotPositive', `${describe(entry)}：人口数须为正数`, {});
      }
      return;
    case 'TaskAssigned':
      return;
    case 'TaskReported': {
      const { taskId, region } = entry.data;
      assertInside(plan, region);
      if (!entriesOf(state, 'TaskAssigned').some(({ data }) => data.taskId === taskId)) {
        refuse('plan.unknownTask', '方案中没有这项任务', { taskId });
      }
      return;
    }
    case 'CountySharesSet':
      for (const { region, value } of entry.data.shares) {
        assertInside(plan, region);
        assertOrdered(value, entry.data.unit);
      }
      return assertSharesHold(entry.data, plan, state);
    case 'BaselineRecorded':
    case 'ForecastRecorded':
    case 'TargetSet':
      assertOrdered(entry.data.value, entry.data.unit);
      return entry.type === 'TargetSet'
        ? assertInside(plan, entry.data.region)
        : assertKnown(entry.data.region);
  }
}

function assertKnown(region: string): void {
  if (!isRegionCode(region)) refuse('plan.unknownRegion', `未知的行政区划代码“${region}”`, { region });
}

function assertInside(plan: PlanEventData<'PlanAdopted'>, region: string): void {
  assertKnown(region);
  if (regionContains(plan.region, region)) return;
  refuse('plan.outsideRegion', `${regionName(region)}不在方案的地区（${regionName(plan.region)}）之内`, {
    region,
    planRegion: plan.region,
  });
}

function assertOrdered(value: PrintedValue, unit: string): void {
  if (isOrdered(value)) return;
  refuse('plan.badRange', `区间 ${printedText(value, unit)} 的下限不小于上限`, { value });
}

function describe(entry: PlanEntry): string {
  const { data } = entry;
  const name = 'printedName' in data ? data.printedName : 'title' in data ? data.title : '';
  const place = 'source' in data ? `（${data.source.locator}）` : '';
  return `“${name || ('indicator' in data ? data.indicator : '')}”${place}`;
}
