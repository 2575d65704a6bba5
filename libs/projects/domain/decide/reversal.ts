import { latestDay, earliestDay, printPartialDate, yearOf } from '#libs/kernel/partial-date.js';
import type { CommandContext, ProjectCommands } from '../commands.js';
import { EVENT_LABELS } from '../event-labels.js';
import type { ProjectEvent, ProjectEventData, ProjectEventType } from '../events.js';
import { laterOn } from '../evolve/evolve.js';
import { carriedTo, isFundEvent, type FundEvent } from '../evolve/money.js';
import { claimed, claimOf, planLimit, type Balances, type LineKey } from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { PastEntry, ProjectState } from '../state.js';
import { currentVersion } from '../upcasters.js';
import { FUND_STAGES } from '../vocabulary.js';
import { assertEstimateCovers } from './estimate.js';
import { assertCovers, changedLines } from './funding-plan.js';
import type { Handlers } from './guards.js';
import { lineName, yuan } from './money-words.js';
import { assertYears, yearsOf } from './years.js';

const NOT_REVERSIBLE: { readonly [T in ProjectEventType]?: string } = {
  ProjectEnteredPool: '入库不能冲销，请办理终止（调出）',
  BudgetYearClosed: '关账不能冲销，更正请注明“以前年度”',
  EntryDeclined: '登记撤回不能冲销，请换一个请求编号重新办理',
};

export const reversalHandlers: Handlers<'ReverseEntry'> = {
  ReverseEntry: (data, state, context) => {
    const entry = findReversible(data, state, context);
    const event = { type: entry.type, data: entry.data } as ProjectEvent;
    assertYears(state, yearsTouched(event, entry, context), data.priorYear);
    assertNothingLater(entry, state);
    assertMoneyHolds(event, entry, state);
    return [{ type: 'EntryReversed', data: reversalData(data, entry) }];
  },
};

function findReversible(
  { eventId }: ProjectCommands['ReverseEntry'],
  { entries }: ProjectState,
  { effectiveDate }: CommandContext,
): PastEntry {
  const entry = entries.get(eventId);
  if (!entry) return refuse('reversal.unknownEvent', `本项目没有记录 ${eventId}`, { eventId });
  const { type } = entry;
  if (type === 'EntryReversed') {
    refuse('reversal.ofReversal', '冲销记录不能再冲销；请重新登记原事项', { eventId });
  }
  const why = NOT_REVERSIBLE[type];
  if (why) refuse('reversal.notReversible', why, { eventId, type });
  if (entry.reversed) {
    refuse('reversal.alreadyReversed', `该“${EVENT_LABELS[type]}”已冲销过一次`, { eventId, type });
  }
  // Taken back before it was there, it would leave a hole in every table as of a day between.
  if (latestDay(effectiveDate) < earliestDay(entry.effectiveDate)) {
    refuse(
      'reversal.beforeEntry',
      `冲销日期 ${printPartialDate(effectiveDate)} 早于原记录日期 ${printPartialDate(entry.effectiveDate)}`,
      { eventId, effectiveDate, entryDate: entry.effectiveDate },
    );
  }
  return entry;
}

/** The years whose money a reversal changes; none where no money is meant. */
function yearsTouched(event: ProjectEvent, entry: PastEntry, { effectiveDate }: CommandContext): number[] {
  const money = (years: readonly number[]) => [...years, yearOf(effectiveDate)];
  if (isFundEvent(event)) return money(yearsOf(event.data, entry.effectiveDate));
  if (event.type === 'ProgressReported') {
    return money([yearOf(event.data.month), yearOf(entry.effectiveDate)]);
  }
  if (event.type === 'FundingPlanned') return planYears(changedLines([], event.data.lines));
  if (event.type === 'FundingPlanRevised') {
    return planYears(changedLines(event.data.previous, event.data.lines));
  }
  return [];
}

function planYears(lines: Iterable<{ budgetYear?: number }>): number[] {
  return [...lines].flatMap(({ budgetYear }) => budgetYear ?? []);
}

/** Last in, first out for each fact: what came later replaced this, or rests on it. */
function assertNothingLater(entry: PastEntry, state: ProjectState): void {
  const later = laterOn(state, entry);
  if (!later) return;
  refuse(
    'reversal.laterEntryRests',
    `此后的“${EVENT_LABELS[later.type]}”（${printPartialDate(later.effectiveDate)}）以该记录为前提，请先冲销它`,
    { eventId: entry.id, laterEventId: later.id, laterType: later.type },
  );
}

function assertMoneyHolds(event: ProjectEvent, entry: PastEntry, state: ProjectState): void {
  if (event.type === 'FundingPlanned' || event.type === 'FundingPlanRevised') {
    assertCovers(entry.undo.plan ?? [], state, 'reversal.planUsed', '冲销后的计划');
  }
  if (event.type === 'EstimateAdjusted') {
    assertEstimateCovers(state, BigInt(event.data.previousFen), 'reversal.estimateUsed', '冲销后的概算');
  }
  if (isFundEvent(event)) assertStillThere(event, state);
  if (event.type === 'FundsReallocatedOut') assertTakenBack(event.data, state);
}

/** Money that comes back from another project is claimed here again, so plan and estimate must have room for it. */
function assertTakenBack(
  data: ProjectEventData<'FundsReallocatedOut'>,
  { plan = [], money, estimate }: ProjectState,
) {
  const amount = BigInt(data.amountFen);
  const used = claimOf(data.source, money.totals(data)) + amount;
  const limit = planLimit(plan, money, data);
  const over = estimate ? claimed(money) + amount - estimate.fen : 0n;
  const code = used > limit ? 'reversal.planUsed' : over > 0n ? 'reversal.estimateUsed' : undefined;
  if (!code) return;
  const excess = used > limit ? used - limit : over;
  refuse(
    code,
    `${lineName(data)}：冲销调出将退回 ${yuan(amount)}，超过${used > limit ? '计划' : '概算'}，差 ${yuan(excess)}`,
    { amountFen: amount.toString(), excessFen: excess.toString() },
  );
}

/** What a fund event brought to a stage must still stand there. Applications, payments and recoveries are the end. */
function assertStillThere(event: FundEvent, { money }: ProjectState): void {
  const place = broughtTo(event);
  if (!place) return;
  const { line, stage } = place;
  const amount = BigInt(event.data.amountFen);
  const balance = money.balances(line)[stage];
  if (amount <= balance) return;
  refuse(
    'reversal.moneyMovedOn',
    `${lineName(line)}：冲销${EVENT_LABELS[event.type]} ${yuan(amount)}，而${FUND_STAGES[stage]}环节只余 ` +
      `${yuan(balance)}（其余已进入下一环节），差 ${yuan(amount - balance)}；请先冲销其后的记录`,
    {
      stage,
      amountFen: amount.toString(),
      balanceFen: balance.toString(),
      excessFen: (amount - balance).toString(),
    },
  );
}

function broughtTo(event: FundEvent): { line: LineKey; stage: keyof Balances } | undefined {
  if (event.type === 'FundsCarriedForward') return { line: carriedTo(event.data), stage: event.data.stage };
  const line: LineKey = event.data;
  if (event.type === 'FundsAllocated') return { line, stage: 'allocated' };
  if (event.type === 'FundsDisbursed') return { line, stage: 'disbursed' };
  if (event.type === 'FundsReallocatedIn') return { line, stage: event.data.stage };
  if (event.type === 'FundsReceived') return { line, stage: 'received' };
  return undefined;
}

function reversalData({ reason, priorYear }: ProjectCommands['ReverseEntry'], entry: PastEntry) {
  const { id, type, effectiveDate } = entry;
  const version = currentVersion(type);
  const reversed = { id, type, effectiveDate, data: entry.data as Record<string, unknown> };
  return {
    reversed: version === 1 ? reversed : { ...reversed, schemaVersion: version },
    reason,
    ...(priorYear && { priorYear }),
  };
}
