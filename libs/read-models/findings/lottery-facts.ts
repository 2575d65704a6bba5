import { latestDay } from '#libs/kernel/partial-date.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import { asksForLotteryShare, type LotteryFact } from '#libs/findings/domain/lottery.js';
import { decodePlanEvent } from '#libs/plans/domain/codec.js';
import { PLAN_STREAM_PREFIX } from '#libs/plans/domain/plan-id.js';
import { partsOfId, statisticsCodec, STATISTICS_STREAM_PREFIX } from '#libs/statistics/domain/events.js';
import { readPeriod } from '#libs/statistics/domain/period.js';
import { copyLine } from '../copy.js';
import type { Happened } from './moments.js';

export const LOTTERY_FACT_COLUMNS = ['position', 'known_at', 'effective_to', 'fact'] as const;

/** Something about the welfare-lottery fund, where it was recorded. */
export interface LotteryHappening extends Happened {
  fact: LotteryFact;
  /** The last day its date can mean; of a reversal, not before that of what it takes back. */
  effectiveTo: string;
}

/** Annual statistics, and what plans ask of the share; everything else is nothing to the lottery. */
export function lotteryHappeningIn(stored: StoredEvent): LotteryHappening[] {
  if (stored.stream.startsWith(STATISTICS_STREAM_PREFIX)) return inStatistics(stored);
  if (stored.stream.startsWith(PLAN_STREAM_PREFIX)) return inPlan(stored);
  return [];
}

function inStatistics(stored: StoredEvent): LotteryHappening[] {
  const { stream } = stored;
  const event = statisticsCodec.decode(stored);
  const { id, streamId, position, envelope, type, data } = event;
  const { region, period } = partsOfId(streamId);
  const read = readPeriod(period);
  if (read?.kind !== 'year') return [];
  const fact = { id, region, year: read.year, event: { type, data } } as LotteryFact;
  const { recordedAt, effectiveDate } = envelope;
  return [{ fact, stream, position, recordedAt, event, effectiveTo: latestDay(effectiveDate) }];
}

function inPlan(stored: StoredEvent): LotteryHappening[] {
  const event = decodePlanEvent(stored);
  const { id, planId, position, envelope, type, data } = event;
  const fact = { id, planId, event: { type, data } } as LotteryFact;
  const days = [envelope.effectiveDate];
  if (event.type === 'TargetSet') {
    if (!asksForLotteryShare(event.data)) return [];
  } else if (event.type === 'EntryReversed' && event.data.reversed.type === 'TargetSet') {
    days.push(event.data.reversed.effectiveDate);
  } else return [];
  const effectiveTo = days.map(latestDay).toSorted().at(-1)!;
  return [{ fact, stream: stored.stream, position, recordedAt: envelope.recordedAt, event, effectiveTo }];
}

export const lotteryFactLine = ({ position, recordedAt, effectiveTo, fact }: LotteryHappening): string =>
  copyLine([position, recordedAt, effectiveTo, JSON.stringify(fact)]);
