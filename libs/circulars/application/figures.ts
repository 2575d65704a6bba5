import {
  RATE_NAMES,
  RATES,
  RateSums,
  compareRates,
  ratePercent,
  type RateName,
} from '#libs/evaluation/domain/rates.js';
import type { Moment } from '#libs/evaluation/snapshot/at-one-position.js';
import { projectFigures } from '#libs/evaluation/snapshot/project-figures.js';
import { standingFindings } from '#libs/evaluation/snapshot/sections/findings.js';
import { placeName } from '#libs/evaluation/snapshot/sections/rates.js';
import { regionKey } from '#libs/evaluation/snapshot/sections/section.js';
import { printWan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { regionName } from '#libs/kernel/regions.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import type { Period } from '../domain/period.js';
import type { FigureName } from '../domain/template.js';
import type { Figures } from '../domain/text.js';

/** A table of the circular: printed text in every cell. `more`: rows that there was no room for, counted. */
export interface CircularTable {
  name: string;
  title: string;
  columns: readonly string[];
  rows: string[][];
  more: number;
  note: string | null;
}

export interface CircularFigures {
  figures: Figures<FigureName>;
  tables: CircularTable[];
}

type FindingFigure =
  'behind' | 'startOverdue' | 'useOverdue' | 'missingReports' | 'findings' | 'findingsDone';

/** Rows of a list of projects that a circular prints; the rest is counted. */
const MOST_ROWS = 100;
const DONE: ReadonlySet<string> = new Set(['waived', 'closed']);
const NONE = '—';

/** Every figure of a circular, asked at one position and as effective on the last day of the period. */
export async function circularFigures(
  moment: Moment,
  region: string,
  period: Period,
): Promise<CircularFigures> {
  const day = period.lastDay;
  const total = new RateSums(day);
  const places = new Map<string, RateSums>();
  const money = { total: 0n, completed: 0n, allocated: 0n, disbursed: 0n, received: 0n, paid: 0n };
  for await (const { rated, regions } of projectFigures(moment, region, day)) {
    const place = regionKey(regions);
    const sums = places.get(place) ?? new RateSums(day);
    places.set(place, sums);
    sums.add(rated);
    total.add(rated);
    money.total += rated.totalFen ?? 0n;
    money.completed += rated.completedFen;
    money.allocated += rated.allocatedFen;
    money.disbursed += rated.disbursedFen;
    money.received += rated.receivedFen;
    money.paid += rated.paidFen;
  }
  const found = await findingTables(moment, region, day);
  const percents = RATE_NAMES.map((name) => [`${name}Percent`, percent(total, name)] as const);
  return {
    figures: {
      region: regionName(region),
      period: period.label,
      asEffectiveOn: printPartialDate(day),
      projects: String(total.projects),
      unknownTotals: String(total.unknownTotals),
      totalInvestment: printWan(money.total),
      completedInvestment: printWan(money.completed),
      allocated: printWan(money.allocated),
      disbursed: printWan(money.disbursed),
      received: printWan(money.received),
      paid: printWan(money.paid),
      startDue: String(total.rate('start').of),
      started: String(total.rate('start').part),
      inUseDue: String(total.rate('inUse').of),
      inUse: String(total.rate('inUse').part),
      ...(Object.fromEntries(percents) as Figures<`${RateName}Percent`>),
      ...found.figures,
    },
    tables: [rankingTable(places), ...found.tables],
  };
}

const percent = (sums: RateSums, name: (typeof RATE_NAMES)[number]): string => {
  const printed = ratePercent(sums.rate(name));
  return printed === null ? NONE : `${printed}%`;
};

/** One county a row, the best completed rate first; equal rates share a rank. Projects of several counties come last, unranked. */
function rankingTable(places: ReadonlyMap<string, RateSums>): CircularTable {
  const all = [...places].map(([key, sums]) => ({ key, sums, rate: sums.rate('completed') }));
  const order = (a: (typeof all)[number], b: (typeof all)[number]) =>
    compareRates(a.rate, b.rate) || (a.key < b.key ? -1 : 1);
  const counties = all.filter(({ key }) => /^\d+$/u.test(key)).sort(order);
  const joint = all.filter(({ key }) => !/^\d+$/u.test(key)).sort(order);
  const rankOf = (rate: (typeof all)[number]['rate']) =>
    1 + counties.filter((other) => other.rate.of > 0n && compareRates(other.rate, rate) < 0).length;
  const row = ({ key, sums }: (typeof all)[number], rank: string) => [
    rank,
    placeName(key),
    String(sums.projects),
    ...RATE_NAMES.map((name) => percent(sums, name)),
  ];
  return {
    name: 'ranking',
    title: '各县（市）项目推进情况',
    columns: ['名次', '地区', '项目数', ...RATE_NAMES.map((name) => RATES[name].label)],
    rows: [
      ...counties.map((each) => row(each, each.rate.of > 0n ? String(rankOf(each.rate)) : NONE)),
      ...joint.map((each) => row(each, NONE)),
    ],
    more: 0,
    note: RATE_NAMES.map((name) => `${RATES[name].label}=${RATES[name].base}`).join('；'),
  };
}

async function findingTables(
  moment: Moment,
  region: string,
  day: string,
): Promise<{ figures: Figures<FindingFigure>; tables: CircularTable[] }> {
  const behind: string[][] = [];
  const missing: string[][] = [];
  const rules = new Map<string, { warning: number; error: number; critical: number; done: number }>();
  const late = new Set<string>();
  let [all, done, startOverdue, useOverdue] = [0, 0, 0, 0];
  for await (const { rule, subject, regions, items, severity, handling } of standingFindings({
    moment,
    region,
    day,
  })) {
    const count = rules.get(rule.id) ?? { warning: 0, error: 0, critical: 0, done: 0 };
    rules.set(rule.id, count);
    count[severity!.key] += 1;
    all += 1;
    if (DONE.has(handling.key)) {
      count.done += 1;
      done += 1;
    }
    const row = [subject.name, regions.label, items.map(({ sentence }) => sentence).join('；')];
    if (rule.id === 'L1') startOverdue += 1;
    if (rule.id === 'L2') useOverdue += 1;
    if (rule.id === 'L1' || rule.id === 'L2') {
      late.add(subject.id);
      behind.push(row);
    }
    if (rule.id === 'L4') missing.push(row);
  }
  const byRule = [...rules].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    figures: {
      behind: String(late.size),
      startOverdue: String(startOverdue),
      useOverdue: String(useOverdue),
      missingReports: String(missing.length),
      findings: String(all),
      findingsDone: String(done),
    },
    tables: [
      projectTable('behind', '进度滞后的项目', behind),
      projectTable('missing', '逾期未报月度进展的项目', missing),
      {
        name: 'findings',
        title: '疑点汇总',
        columns: ['规则', '疑点', '提示', '问题', '严重', '已销号或豁免'],
        rows: byRule.map(([id, { warning, error, critical, done: over }]) => [
          id,
          RULES.find((rule) => rule.id === id)?.title ?? id,
          ...[warning, error, critical, over].map(String),
        ]),
        more: 0,
        note: null,
      },
    ],
  };
}

const projectTable = (name: string, title: string, rows: readonly string[][]): CircularTable => ({
  name,
  title,
  columns: ['序号', '项目名称', '地区', '情况'],
  rows: rows.slice(0, MOST_ROWS).map((row, n) => [String(n + 1), ...row]),
  more: Math.max(0, rows.length - MOST_ROWS),
  note: null,
});
