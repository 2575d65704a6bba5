import type { EventStore } from '#libs/event-store/port.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { StreamBook, type BookOutcome } from '#libs/projects/application/stream-book.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import { statisticsDecider, type StatisticsCommand, type StatisticsState } from '../domain/decider.js';
import {
  statisticsCodec,
  statisticsStream,
  type Duty,
  type RecordedStatisticsEvent,
  type ReportedFigure,
  type StatisticsEvent,
} from '../domain/events.js';
import type { FigureKey } from '../domain/figures.js';
import { deadlineOf, readPeriod, type Period } from '../domain/period.js';
import { assertMay, type StatisticsAct } from './permissions.js';

/** What every step says. */
export interface StatisticsStep {
  region: RegionCode;
  /** `2025`, `2025-H1`, `2025-Q3`, `2025-06`. */
  period: string;
  actor: Actor;
  commandId: string;
  evidence?: readonly Evidence[];
}

/** Reporting of statistics: who owes what, submission, check by another person, return, resubmission. */
export class StatisticsDesk {
  private readonly book: StreamBook<
    StatisticsState,
    StatisticsCommand,
    StatisticsEvent,
    RecordedStatisticsEvent
  >;

  constructor(
    store: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.book = new StreamBook<StatisticsState, StatisticsCommand, StatisticsEvent, RecordedStatisticsEvent>(
      store,
      { ...statisticsDecider, ...statisticsCodec },
      now,
    );
  }

  /** @throws Refusal `statistics.…`, `actor.…`, `command.reused`; StoreUnavailable, OutcomeUnknown. So do the others. */
  open(step: StatisticsStep & { duties: readonly Duty[] }): Promise<BookOutcome> {
    const { duties } = step;
    return this.perform('open', step, { duties }, (period) => ({
      type: 'OpenReporting',
      duties,
      deadline: deadlineOf(period),
    }));
  }

  /** A unit reports for itself. */
  submit(step: StatisticsStep & { figures: readonly ReportedFigure[]; note?: string }): Promise<BookOutcome> {
    const { figures, actor } = step;
    const said = { figures, ...(step.note !== undefined && { note: step.note }) };
    const today = chinaDay(this.now());
    return this.perform('submit', step, said, ({ lastDay }) => ({
      type: 'Submit',
      unit: actor.unit,
      ...said,
      today,
      lastDay,
    }));
  }

  check(step: StatisticsStep & { unit: string; note?: string }): Promise<BookOutcome> {
    const said = { unit: step.unit, ...(step.note !== undefined && { note: step.note }) };
    return this.perform('check', step, said, () => ({ type: 'Check', ...said, user: step.actor.user }));
  }

  giveBack(step: StatisticsStep & { unit: string; reason: string }): Promise<BookOutcome> {
    const { unit, reason, actor } = step;
    return this.perform('check', step, { unit, reason }, () => ({
      type: 'Return',
      unit,
      reason,
      user: actor.user,
    }));
  }

  explain(step: StatisticsStep & { figure: FigureKey; explanation: string }): Promise<BookOutcome> {
    const { figure, explanation } = step;
    const said = { figure, explanation };
    return this.perform('check', step, said, () => ({ type: 'ExplainDifference', ...said }));
  }

  private async perform(
    act: StatisticsAct,
    { region, period, actor, commandId, evidence = [] }: StatisticsStep,
    said: object,
    commandFor: (period: Period) => StatisticsCommand,
  ): Promise<BookOutcome> {
    assertMay(act, actor, region);
    const read = readPeriod(period);
    if (!read) {
      const message = `报告期“${period}”有误，应如 2025、2025-H1、2025-Q3 或 2025-06`;
      throw new Refusal('statistics.badPeriod', message, { period });
    }
    const command = commandFor(read);
    return this.book.perform(
      statisticsStream(region, period),
      command,
      { commandId, actor, effectiveDate: chinaDay(this.now()), evidence: [...evidence] },
      { type: command.type, region, period, ...said },
    );
  }
}
