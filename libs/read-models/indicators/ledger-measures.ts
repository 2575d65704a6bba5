import { chinaDay } from '#libs/kernel/partial-date.js';
import { commonRegion, type RegionCode } from '#libs/kernel/regions.js';
import type { LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { DIRECT_SOURCES, type FundStage } from '#libs/projects/domain/vocabulary.js';
import { asOfParameters, isAsOf } from '../as-of.js';
import { projectsSql } from '../ledger/ledger-sql.js';
import { SCOPE_CONDITION, scopeParameters } from '../scope.js';
import type { AsOf } from '../views.js';
import { lastDay, yearEnd, type PartScope } from './part.js';

export type MoneyMeasure = Exclude<LedgerMeasure, 'totalInvestment'>;

interface Measure {
  stage: FundStage;
  /** Which of the stage's money, over its `year` and `source`. */
  counts: string;
}

const inYear = 'year = (select year from asked)';
export const MEASURES: Record<MoneyMeasure, Measure> = {
  completedInvestment: { stage: 'completedInvestment', counts: 'true' },
  completedInYear: { stage: 'completedInvestment', counts: inYear },
  plannedForYear: { stage: 'planned', counts: inYear },
  allocated: { stage: 'allocated', counts: 'true' },
  disbursed: { stage: 'disbursed', counts: 'true' },
  received: { stage: 'received', counts: 'true' },
  receivedFiscal: { stage: 'received', counts: 'source <> all((select direct from asked)::text[])' },
  paid: { stage: 'paid', counts: 'true' },
};

/** What measures are counted over, for `ledgerAsked`: the year, and the projects of the regions, each once. */
export const askedSql = (asOf: boolean): string => `
  with asked as (select $7::smallint as year, $8::text[] as direct),
    known as materialized (select * from (${projectsSql(asOf)}) project where ${SCOPE_CONDITION})`;

export interface LedgerAsked {
  asOf: boolean;
  /** $1 to $8. */
  parameters: unknown[];
}

/** A year that is not over is asked without a day: nothing is effective later, and the balances answer at once. */
export function ledgerAsked({ asOf }: PartScope, regions: readonly RegionCode[], year: number): LedgerAsked {
  const day = lastDay(asOf, year);
  const when: AsOf = {
    ...(asOf.asKnownAt !== undefined && { asKnownAt: asOf.asKnownAt }),
    ...((day < yearEnd(year) || day < chinaDay(new Date())) && { asEffectiveOn: day }),
  };
  const region = commonRegion(regions);
  const scope = scopeParameters(region === undefined ? {} : { region });
  return { asOf: isAsOf(when), parameters: [...asOfParameters(when), ...scope, year, [...DIRECT_SOURCES]] };
}
