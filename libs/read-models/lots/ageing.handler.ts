import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView, type Fen } from '#libs/kernel/money.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { isAsOf } from '../as-of.js';
import { ledgerParameters } from '../ledger/ledger-parameters.js';
import { labelled } from '../views.js';
import { ageClasses, boundariesOn, checkedBoundaries } from './age-classes.js';
import { HELD_STAGES, type HeldStage } from './lots.js';
import { lotsSql } from './lots-sql.js';
import { AgeingQuery, IDLE_STAGES, type Ageing, type AgeingFigures, type AgeingRow } from './queries.js';

interface RawSum {
  account: HeldStage;
  source: FundingSource;
  level: FundingLevel | '';
  /** Index of the age class; −1 for what is overdrawn. */
  class: number;
  fen: string;
  lots: number;
}

/** $13 the day that ages count to, $14 the upper ends of the classes. */
const ageingSql = (asOf: boolean) => `
  with recursive ${lotsSql(asOf)}
  select account, source, level, width_bucket(greatest($13::date - effective_to, 0) - 1, $14::integer[]) as class,
    sum(amount_fen)::text as fen, count(*)::integer as lots
  from lot group by 1, 2, 3, 4
  union all
  select account, source, level, -1, fen::text, 0 from overdrawn`;

@QueryHandler(AgeingQuery)
export class AgeingHandler implements IQueryHandler<AgeingQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: AgeingQuery): Promise<Ageing> {
    const { boundaries, ...filter } = params;
    const agedOn = params.asEffectiveOn ?? chinaDay(new Date());
    const days = boundaries ? checkedBoundaries(boundaries) : boundariesOn(agedOn);
    const parameters = [...ledgerParameters(filter), agedOn, days];
    const raw = await this.database.query<RawSum[]>(ageingSql(isAsOf(filter)), parameters);
    const classes = ageClasses(days);
    return { agedOn, classes, rows: rowsOf(raw, classes.length), totals: totalsOf(raw, classes.length) };
  }
}

function rowsOf(raw: readonly RawSum[], classes: number): AgeingRow[] {
  const sources = Object.keys(FUNDING_SOURCES);
  const levels = ['', ...Object.keys(FUNDING_LEVELS)];
  const groups = new Map<string, RawSum[]>();
  for (const sum of raw) {
    const place = [HELD_STAGES.indexOf(sum.account), sources.indexOf(sum.source), levels.indexOf(sum.level)];
    const key = place.map((n) => String(n).padStart(3, '0')).join();
    groups.set(key, [...(groups.get(key) ?? []), sum]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sums]) => {
      const { account, source, level } = sums[0]!;
      return {
        stage: labelled(IDLE_STAGES, account),
        source: labelled(FUNDING_SOURCES, source),
        level: level === '' ? null : labelled(FUNDING_LEVELS, level),
        ...figuresOf(sums, classes),
      };
    });
}

function totalsOf(raw: readonly RawSum[], classes: number): Ageing['totals'] {
  return HELD_STAGES.map((stage) => ({
    stage: labelled(IDLE_STAGES, stage),
    ...figuresOf(
      raw.filter(({ account }) => account === stage),
      classes,
    ),
  }));
}

function figuresOf(sums: readonly RawSum[], classes: number): AgeingFigures {
  const inClass = (wanted: number): Fen =>
    sums.reduce((total, sum) => (sum.class === wanted ? total + BigInt(sum.fen) : total), 0n);
  return {
    amounts: Array.from({ length: classes }, (_, n) => moneyView(inClass(n))),
    overdrawn: moneyView(inClass(-1)),
    balance: moneyView(sums.reduce((total, { fen }) => total + BigInt(fen), 0n)),
    lots: sums.reduce((total, { lots }) => total + lots, 0),
  };
}
