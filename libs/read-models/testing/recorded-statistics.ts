import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { statisticsCodec, statisticsStream, type StatisticsEvent } from '#libs/statistics/domain/events.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { ACTOR } from './recorded.js';

const STORE = idFor('specification store');
const UNIT = '示例州卫生健康委';

export const statisticsEventId = (region: string, period: string, n: number): string =>
  idFor('statistics event', region, period, String(n));

/** Steps of one reporting as a store gives them back, in the order told; positions follow those of plans. */
export function recordedStatistics(
  region: string,
  period: string,
  steps: readonly StatisticsEvent[],
): StoredEvent[] {
  return steps.map((event, n) => {
    const commandId = idFor('statistics command', region, period, String(n));
    const encoded = statisticsCodec.encode(event, statisticsEventId(region, period, n), {
      commandId,
      commandDigest: '0'.repeat(64),
      actor: { ...ACTOR, user: `统计员${n}` },
      effectiveDate: '2026-06-02',
      recordedAt: new Date(Date.UTC(2026, 5, 2, 12, n)).toISOString(),
      evidence: [],
      correlationId: commandId,
      causationId: commandId,
    });
    const number = `${region}${period}${n}`.replace(/\D/gu, '').padStart(20, '0');
    return {
      ...encoded,
      stream: statisticsStream(region, period),
      revision: n,
      position: makePosition(STORE, `ff${number}`),
    };
  });
}

type Values = Partial<Record<FigureKey, string | null>>;

/** What one unit owes, sends and has checked: the three steps of a report. */
export const opening = (values: Values): StatisticsEvent => ({
  type: 'ReportingOpened',
  data: {
    duties: [{ unit: UNIT, figures: Object.keys(values) as FigureKey[] }],
    deadline: '2026-03-01',
  },
});
export const submission = (values: Values): StatisticsEvent => ({
  type: 'StatisticsSubmitted',
  data: {
    unit: UNIT,
    figures: Object.entries(values).map(([figure, value]) => ({
      figure: figure as FigureKey,
      value,
      source: '示例统计台账',
    })),
  },
});
export const check = (region: string, period: string, n: number): StatisticsEvent => ({
  type: 'StatisticsChecked',
  data: { unit: UNIT, submission: statisticsEventId(region, period, n) },
});
export const givenBack = (region: string, period: string, n: number): StatisticsEvent => ({
  type: 'StatisticsReturned',
  data: { unit: UNIT, submission: statisticsEventId(region, period, n), reason: '口径有误' },
});
export const checkedReport = (region: string, period: string, values: Values): StatisticsEvent[] => [
  opening(values),
  submission(values),
  check(region, period, 1),
];
