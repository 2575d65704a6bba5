import type { ClientBase } from 'pg';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { LotteryFact, LotteryRecord, LotteryYear } from '#libs/findings/domain/lottery.js';
import { m10 } from '#libs/findings/domain/rules/m10-lottery-share-below-plan.js';
import { PLAN_STREAM_PREFIX } from '#libs/plans/domain/plan-id.js';
import { STATISTICS_STREAM_PREFIX } from '#libs/statistics/domain/events.js';
import { copyRows } from '../copy.js';
import type { Moment } from './finding-book.js';
import {
  LOTTERY_FACT_COLUMNS,
  lotteryFactLine,
  lotteryHappeningIn,
  lotteryRecordOf,
} from './lottery-facts.js';
import { regionYear } from './region-year.js';
import type { Bench, SubjectJudge } from './subject-judge.js';

/** How a region's year stood at a moment. */
type Standing = [year: LotteryYear, moment: Moment];

/** Judges a region's welfare-lottery fund year by year, by its checked statistics and what plans ask of the share. */
export const lotteryJudge: SubjectJudge = {
  streamPrefixes: [STATISTICS_STREAM_PREFIX, PLAN_STREAM_PREFIX],
  async judge({ events }, bench) {
    const happenings = events.flatMap(lotteryHappeningIn);
    if (happenings.length === 0) return 0;
    const record = await recordSoFar(bench.client);
    const standings: Standing[] = [];
    let touched = new Set<string>();
    for (const [n, happening] of happenings.entries()) {
      for (const subject of record.add(happening.fact)) touched.add(subject);
      // Between what was recorded at one time nobody knew anything.
      if (happenings[n + 1]?.recordedAt === happening.recordedAt) continue;
      for (const subject of touched) standings.push([record.year(subject), happening]);
      touched = new Set();
    }
    await copyRows(
      bench.client,
      'finding_lottery_fact',
      LOTTERY_FACT_COLUMNS,
      happenings.map(lotteryFactLine).join(''),
    );
    await say(standings, bench);
    // Counted by the judge of figures, which looks at every event of these streams.
    return 0;
  },
  async judgeAgain(region, moment, bench) {
    const record = await recordSoFar(bench.client);
    const subjects = record.subjects().filter((subject) => subject.startsWith(regionPrefix(region)));
    await say(
      subjects.map((subject): Standing => [record.year(subject), moment]),
      bench,
    );
  },
};

async function say(standings: readonly Standing[], { book, rules }: Bench): Promise<void> {
  const subjects = standings.map(([{ region, year }]) => regionYear(region, year));
  await book.load([...new Set(subjects.map(({ id }) => id))]);
  for (const [n, [lottery, moment]] of standings.entries()) {
    const timetable = rules.timetableFor([lottery.region]);
    book.show(subjects[n]!, moment);
    book.say(subjects[n]!.id, m10.id, timetable.admit(m10, m10.evaluate(lottery, timetable)), moment);
  }
}

/** All of it: a few rows for each region and year, read only where one of them is added to. */
async function recordSoFar(client: ClientBase): Promise<LotteryRecord> {
  const { rows } = await client.query<{ fact: LotteryFact }>(
    'select fact from finding_lottery_fact order by position',
  );
  return lotteryRecordOf(rows.map(({ fact }) => fact));
}
