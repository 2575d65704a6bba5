import { regionPrefix } from '#libs/kernel/regions.js';
import { LotteryRecord, type LotteryFact, type LotteryYear } from '#libs/findings/domain/lottery.js';
import { m10 } from '#libs/findings/domain/rules/m10-lottery-share-below-plan.js';
import { PLAN_STREAM_PREFIX } from '#libs/plans/domain/plan-id.js';
import { STATISTICS_STREAM_PREFIX } from '#libs/statistics/domain/events.js';
import { asOfParameters } from '../as-of.js';
import { copyRows } from '../copy.js';
import type { Reader } from '../one-state.js';
import type { AsOf } from '../views.js';
import type { Moment } from './finding-book.js';
import { LOTTERY_FACT_COLUMNS, lotteryFactLine, lotteryHappeningIn } from './lottery-facts.js';
import { asOfFact } from './judging.js';
import { endsMoment } from './moments.js';
import { regionYear } from './region-year.js';
import type { BenchOfADay, SubjectJudge } from './subject-judge.js';

const FACTS = `select fact, known_at from finding_lottery_fact f where ${asOfFact('f')} order by position`;

/** How a region's year stood at a moment. */
type Standing = [year: LotteryYear, moment: Moment];

/** Judges a region's welfare-lottery fund year by year, by its checked statistics and what plans ask of the share. */
export const lotteryJudge: SubjectJudge = {
  rules: [m10],
  streamPrefixes: [STATISTICS_STREAM_PREFIX, PLAN_STREAM_PREFIX],
  async judge({ events }, bench) {
    const happenings = events.flatMap(lotteryHappeningIn);
    if (happenings.length === 0) return;
    const { record } = await recordOf(bench.client);
    const standings: Standing[] = [];
    let touched = new Set<string>();
    for (const [n, happening] of happenings.entries()) {
      for (const subject of record.add(happening.fact)) touched.add(subject);
      if (!endsMoment(happenings, n)) continue;
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
  },
  async judgeAgain(region, moment, bench) {
    const { record } = await recordOf(bench.client);
    const subjects = record.subjects().filter((subject) => subject.startsWith(regionPrefix(region)));
    await say(
      subjects.map((subject): Standing => [record.year(subject), moment]),
      bench,
    );
  },
  async judgeOfADay(bench) {
    const { region } = bench.asked;
    const { record, knownAt } = await recordOf(bench.reader, bench.asked);
    const prefix = region === undefined ? '' : regionPrefix(region);
    const subjects = record.subjects().filter((subject) => subject.startsWith(prefix));
    const momentOf = (subject: string) => ({ position: '', recordedAt: knownAt.get(subject)! });
    await say(
      subjects.map((subject): Standing => [record.year(subject), momentOf(subject)]),
      bench,
    );
  },
};

async function say(
  standings: readonly Standing[],
  { book, rules }: Pick<BenchOfADay, 'book' | 'rules'>,
): Promise<void> {
  const subjects = standings.map(([{ region, year }]) => regionYear(region, year));
  await book.load([...new Set(subjects.map(({ id }) => id))]);
  for (const [n, [lottery, moment]] of standings.entries()) {
    const timetable = rules.timetableFor([lottery.region]);
    book.show(subjects[n]!, moment);
    book.say(subjects[n]!.id, m10.id, timetable.admit(m10, m10.evaluate(lottery, timetable)), moment);
  }
}

/**
 * As known and effective then, with when the last of each region's year became known. All of it: a few rows for each
 * region and year, read only where one of them is added to or asked for.
 */
async function recordOf(
  reader: Reader,
  asOf: AsOf = {},
): Promise<{ record: LotteryRecord; knownAt: Map<string, string> }> {
  const { rows } = await reader.query<{ fact: LotteryFact; known_at: Date }>(FACTS, asOfParameters(asOf));
  const record = new LotteryRecord();
  const knownAt = new Map<string, string>();
  for (const { fact, known_at } of rows) {
    for (const subject of record.add(fact)) knownAt.set(subject, known_at.toISOString());
  }
  return { record, knownAt };
}
