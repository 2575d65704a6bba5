import { Type } from 'typebox';
import { FUND_STAGES } from '#libs/projects/domain/vocabulary.js';
import { ProjectTotalsShape } from './projects.js';
import {
  byKind,
  Id,
  Instant,
  Labelled,
  Money,
  NamedProject,
  nullable,
  NullableWhole,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  RegionSetShape,
  Whole,
  Word,
} from './shapes.js';

const stages = [...Object.keys(FUND_STAGES), 'carriedIn'];
const ledgerFigures = {
  amounts: object(Object.fromEntries(stages.map((stage) => [stage, Money]))),
  projects: Whole,
  totalInvestment: nullable(Money),
  unknownTotals: Whole,
  unsourced: nullable(Money),
  entryCount: Whole,
};

export const LedgerProjectPage = pageOf(object({ ...ledgerFigures, project: NamedProject }));

export const LedgerShape = object({
  groupBy: Type.Array(Word),
  rows: Type.Array(
    object({
      ...ledgerFigures,
      project: Type.Optional(NamedProject),
      source: Type.Optional(nullable(Labelled)),
      year: Type.Optional(NullableWhole),
      region: Type.Optional(RegionSetShape),
      category: Type.Optional(nullable(Labelled)),
      plannedUseYear: Type.Optional(NullableWhole),
    }),
  ),
  total: object(ledgerFigures),
});

const accountFigures = { entered: Money, left: Money, balance: Money };

export const AccountBalancesShape = object({
  groupBy: Type.Array(Word),
  rows: Type.Array(
    object({
      account: Labelled,
      ...accountFigures,
      project: Type.Optional(NamedProject),
      source: Type.Optional(nullable(Labelled)),
      level: Type.Optional(nullable(Labelled)),
      year: Type.Optional(NullableWhole),
    }),
  ),
  total: object(accountFigures),
});

const Account = object({ account: Word, year: NullableWhole });

export const JournalPage = pageOf(
  object({
    eventId: Id,
    position: PositionShape,
    line: Whole,
    eventType: Word,
    project: NamedProject,
    source: nullable(Labelled),
    level: nullable(Labelled),
    stage: Labelled,
    from: Account,
    to: Account,
    amount: Money,
    documentNumber: nullable(Word),
    effectiveDate: PartialDateShape,
    recordedAt: Instant,
    reverses: nullable(Id),
  }),
);

const YearlyCount = object({
  planned: object({ low: Whole, high: Whole, unknownProjects: Whole, projects: Whole }),
  commissioned: Whole,
  changed: Whole,
  decommissioned: Whole,
  stockAtYearEnd: Whole,
  baseline: nullable(object({ year: Whole, count: Whole, planId: Word, eventId: Id })),
});
const Years = Type.Array(object({ year: NullableWhole, counts: byKind(YearlyCount) }));

export const YearlyCountsShape = object({
  from: Whole,
  to: Whole,
  groups: Type.Array(
    object({ region: Type.Optional(RegionSetShape), category: Type.Optional(Labelled), years: Years }),
  ),
  total: Years,
});

const planned = { planned: Type.Array(object({ source: Labelled, amount: Money })) };

export const OverviewShape = object({
  total: object(ledgerFigures),
  byUseYear: Type.Array(
    object({
      year: NullableWhole,
      ...planned,
      projects: Whole,
      totalInvestment: nullable(Money),
      unknownTotals: Whole,
      unsourced: nullable(Money),
    }),
  ),
  byBudgetYear: Type.Array(object({ year: NullableWhole, ...planned })),
  counts: object({ from: Whole, to: Whole, years: Years }),
  stages: ProjectTotalsShape,
});

export const YearlyCountEntryPage = pageOf(
  object({
    eventId: Id,
    position: PositionShape,
    eventType: Word,
    project: NamedProject,
    kind: Word,
    delta: NullableWhole,
    planned: nullable(object({ low: Whole, high: Whole })),
    effectiveDate: PartialDateShape,
    recordedAt: Instant,
    reverses: nullable(Id),
  }),
);
