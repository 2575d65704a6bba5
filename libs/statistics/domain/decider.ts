import { Refusal } from '#libs/kernel/refusal.js';
import type { Duty, RecordedStatisticsEvent, ReportedFigure, StatisticsEvent } from './events.js';
import { FIGURES, PARTS_OF, type FigureKey } from './figures.js';

export const REPORT_STATUSES = {
  due: '待报',
  submitted: '待审核',
  returned: '已退回',
  checked: '已审核',
} as const;
export type ReportStatus = keyof typeof REPORT_STATUSES;

interface Report {
  readonly duty: Duty;
  readonly status: ReportStatus;
  /** The last submission, and who sent it. */
  readonly submission?: {
    readonly id: string;
    readonly user: string;
    readonly figures: readonly ReportedFigure[];
  };
}

export interface StatisticsState {
  readonly opened: boolean;
  readonly reports: ReadonlyMap<string, Report>;
}

/** `today`: a day of China; `lastDay`: of the period; `user`: who acts. */
export type StatisticsCommand =
  | { type: 'OpenReporting'; duties: readonly Duty[]; deadline: string }
  | {
      type: 'Submit';
      unit: string;
      figures: readonly ReportedFigure[];
      note?: string;
      today: string;
      lastDay: string;
    }
  | { type: 'Check'; unit: string; note?: string; user: string }
  | { type: 'Return'; unit: string; reason: string; user: string }
  | { type: 'ExplainDifference'; figure: FigureKey; explanation: string };

export const statisticsDecider = {
  initialState: (): StatisticsState => ({ opened: false, reports: new Map() }),

  decide(command: StatisticsCommand, state: StatisticsState): StatisticsEvent[] {
    if (command.type === 'OpenReporting') return open(command, state);
    if (!state.opened) refuse('statistics.notOpened', '本期统计上报尚未布置');
    switch (command.type) {
      case 'Submit':
        return submit(command, state);
      case 'Check':
        return check(command, state);
      case 'Return':
        return giveBack(command, state);
      case 'ExplainDifference': {
        const { figure, explanation } = command;
        return [{ type: 'DifferenceExplained', data: { figure, explanation } }];
      }
    }
  },

  evolve(state: StatisticsState, event: RecordedStatisticsEvent): StatisticsState {
    if (event.type === 'ReportingOpened') {
      const reports = event.data.duties.map((duty): [string, Report] => [duty.unit, { duty, status: 'due' }]);
      return { opened: true, reports: new Map(reports) };
    }
    if (event.type === 'DifferenceExplained') return state;
    const report = state.reports.get(event.data.unit)!;
    const reports = new Map(state.reports).set(event.data.unit, after(report, event));
    return { ...state, reports };
  },
};

function after(report: Report, event: Extract<RecordedStatisticsEvent, { data: { unit: string } }>): Report {
  switch (event.type) {
    case 'StatisticsSubmitted': {
      const { user } = event.envelope.actor;
      return {
        ...report,
        status: 'submitted',
        submission: { id: event.id, user, figures: event.data.figures },
      };
    }
    case 'StatisticsChecked':
      return { ...report, status: 'checked' };
    case 'StatisticsReturned':
      return { ...report, status: 'returned' };
  }
}

function open(
  { duties, deadline }: Extract<StatisticsCommand, { type: 'OpenReporting' }>,
  state: StatisticsState,
): StatisticsEvent[] {
  if (state.opened) refuse('statistics.alreadyOpened', '本期统计上报已经布置');
  const units = new Set(duties.map(({ unit }) => unit));
  if (units.size < duties.length) refuse('statistics.unitTwice', '同一单位列了两次');
  const owed = new Map<FigureKey, string>();
  for (const { unit, figures } of duties) {
    for (const figure of figures) {
      const other = owed.get(figure);
      const label = FIGURES[figure].label;
      if (other)
        refuse('statistics.figureTwice', `“${label}”同时由${other}和${unit}上报，会重复计算`, { figure });
      owed.set(figure, unit);
    }
  }
  return [{ type: 'ReportingOpened', data: { duties: [...duties], deadline } }];
}

function submit(
  { unit, figures, note, today, lastDay }: Extract<StatisticsCommand, { type: 'Submit' }>,
  state: StatisticsState,
): StatisticsEvent[] {
  const report = reportOf(state, unit);
  if (today <= lastDay)
    refuse('statistics.periodNotOver', `本期至 ${lastDay} 止，尚未结束`, { lastDay, today });
  if (report.status === 'checked')
    refuse('statistics.checked', `${unit}的报表已审核；更正须先退回`, { unit });
  const given = new Set(figures.map(({ figure }) => figure));
  const missing = report.duty.figures.filter((figure) => !given.has(figure));
  const extra = [...given].filter((figure) => !report.duty.figures.includes(figure));
  if (missing.length + extra.length > 0 || given.size < figures.length) {
    const words = [
      ...missing.map((figure) => `缺“${FIGURES[figure].label}”`),
      ...extra.map((figure) => `“${FIGURES[figure].label}”不由本单位上报`),
      ...(given.size < figures.length ? ['有指标列了两次'] : []),
    ];
    refuse('statistics.otherFigures', `上报的指标与布置的不符：${words.join('、')}`, { missing, extra });
  }
  assertPartsFit(figures);
  return [
    {
      type: 'StatisticsSubmitted',
      data: { unit, figures: [...figures], ...(note !== undefined && { note }) },
    },
  ];
}

/** @throws Refusal `statistics.partOverWhole` */
export function assertPartsFit(figures: readonly ReportedFigure[]): void {
  const values = new Map(figures.map(({ figure, value }) => [figure, value]));
  for (const [whole, part] of PARTS_OF) {
    const [all, some] = [values.get(whole), values.get(part)];
    if (typeof all !== 'string' || typeof some !== 'string' || BigInt(some) <= BigInt(all)) continue;
    const message = `“${FIGURES[part].label}”${some} 大于“${FIGURES[whole].label}”${all}`;
    refuse('statistics.partOverWhole', message, { whole, part, values: { [whole]: all, [part]: some } });
  }
}

function check(
  { unit, note, user }: Extract<StatisticsCommand, { type: 'Check' }>,
  state: StatisticsState,
): StatisticsEvent[] {
  const { status, submission } = reportOf(state, unit);
  if (status !== 'submitted' || !submission) return notSubmitted(unit, status);
  if (submission.user === user) {
    refuse('statistics.samePerson', `报表由 ${user} 上报，审核须由另一人办理`, { user });
  }
  const data = { unit, submission: submission.id, ...(note !== undefined && { note }) };
  return [{ type: 'StatisticsChecked', data }];
}

/** A checked report is given back too, for correction: it no longer counts until it is checked again. */
function giveBack(
  { unit, reason, user }: Extract<StatisticsCommand, { type: 'Return' }>,
  state: StatisticsState,
): StatisticsEvent[] {
  const { status, submission } = reportOf(state, unit);
  if ((status !== 'submitted' && status !== 'checked') || !submission) return notSubmitted(unit, status);
  if (submission.user === user) {
    refuse('statistics.samePerson', `报表由 ${user} 上报，退回须由另一人办理`, { user });
  }
  return [{ type: 'StatisticsReturned', data: { unit, submission: submission.id, reason } }];
}

function notSubmitted(unit: string, status: ReportStatus): never {
  const message = `${unit}的报表${REPORT_STATUSES[status]}，没有可审核的内容`;
  refuse('statistics.notSubmitted', message, { unit, status });
}

function reportOf({ reports }: StatisticsState, unit: string): Report {
  return reports.get(unit) ?? refuse('statistics.notOwed', `本期没有布置${unit}上报`, { unit });
}

function refuse(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new Refusal(code, message, details);
}
