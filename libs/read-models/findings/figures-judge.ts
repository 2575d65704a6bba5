import { PLAN_RULES, REGION_RULES } from '#libs/findings/domain/rules/rules.js';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { decodePlanEvent } from '#libs/plans/domain/codec.js';
import { PLAN_STREAM_PREFIX } from '#libs/plans/domain/plan-id.js';
import { statisticsCodec, STATISTICS_STREAM_PREFIX } from '#libs/statistics/domain/events.js';
import { FiguresDesk, type Happening } from './figures-desk.js';
import { endsMoment } from './moments.js';
import { PlanShelf } from './plan-shelf.js';
import { StatisticsShelf } from './statistics-shelf.js';
import type { Reader } from '../one-state.js';
import type { Batch, Bench, SubjectJudge } from './subject-judge.js';

/**
 * Judges plans, and regions year by year: what plans print and what statistics report, held against each other and
 * against what projects add up to. Both kinds rest on the same figures, so they are judged together.
 */
export const figuresJudge: SubjectJudge = {
  rules: [...REGION_RULES, ...PLAN_RULES],
  streamPrefixes: [PLAN_STREAM_PREFIX, STATISTICS_STREAM_PREFIX],
  async judge(batch, bench) {
    const happenings = happeningsIn(batch, bench);
    if (happenings.length === 0) return;
    const desk = await FiguresDesk.open(bench, happenings);
    for (const [n, happening] of happenings.entries()) {
      desk.take(happening);
      if (endsMoment(happenings, n)) desk.judge(happening);
    }
    await desk.write(bench.client);
  },
  async judgeAgain(region, moment, bench) {
    const regions = await regionsWithFigures(bench.client, region);
    if (regions.length === 0) return;
    const desk = await FiguresDesk.open(bench, [], regions);
    desk.touchAllIn(region);
    desk.judge(moment);
  },
  async judgeOfADay(bench) {
    const { region } = bench.asked;
    const regions = await regionsWithFigures(bench.reader, region);
    if (regions.length === 0) return;
    const desk = await FiguresDesk.ofADay(bench, regions);
    desk.touchAllIn(region);
    desk.judge();
  },
};

async function regionsWithFigures(reader: Reader, region?: RegionCode): Promise<RegionCode[]> {
  const prefix = region === undefined ? '' : regionPrefix(region);
  return [
    ...(await PlanShelf.regionsWithPlans(reader, prefix)),
    ...(await StatisticsShelf.regionsWithStatistics(reader, prefix)),
  ];
}

function happeningsIn({ events }: Batch, { supply }: Bench): Happening[] {
  const happenings = supply.map((change): Happening => ({ ...change, what: 'supply' }));
  for (const stored of events) {
    const { stream, position } = stored;
    if (stream.startsWith(PLAN_STREAM_PREFIX)) {
      const event = decodePlanEvent(stored);
      happenings.push({ what: 'plan', event, stream, position, recordedAt: event.envelope.recordedAt });
    } else if (stream.startsWith(STATISTICS_STREAM_PREFIX)) {
      const event = statisticsCodec.decode(stored);
      happenings.push({ what: 'statistics', event, stream, position, recordedAt: event.envelope.recordedAt });
    }
  }
  return happenings.sort((a, b) => (a.position < b.position ? -1 : 1));
}
