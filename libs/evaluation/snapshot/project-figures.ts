import type { RegionCode } from '#libs/kernel/regions.js';
import { DIRECT_SOURCES, type ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { asOfCondition } from '#libs/read-models/as-of.js';
import { projectsAsOf } from '#libs/read-models/attributes/attribute-sql.js';
import { ledgerParameters } from '#libs/read-models/ledger/ledger-parameters.js';
import { balancesSql, scopedProjectsSql } from '#libs/read-models/ledger/ledger-sql.js';
import { standsAsOf } from '#libs/read-models/timeline/stands.js';
import type { RatedProject } from '../domain/rates.js';
import type { Moment } from './at-one-position.js';

/** Columns of the ledger that a snapshot tells: part of its format, whatever else the ledger comes to hold. */
export const LEDGER_AMOUNTS = [
  'planned',
  'applied',
  'allocated',
  'disbursed',
  'received',
  'paid',
  'carried_forward',
  'carried_in',
  'recovered',
  'completed_investment',
] as const;

/** A project of the region as of a day: its money, its dates, where it stands. */
export interface ProjectFigures {
  id: string;
  name: string;
  regions: RegionCode[];
  category: ProjectCategory | null;
  /** By the ledger's column, in fen. */
  amounts: Record<(typeof LEDGER_AMOUNTS)[number], bigint>;
  rated: RatedProject;
}

const sumOf = (amount: string, as = amount, where = '') =>
  `coalesce(sum(${amount})${where && ` filter (where ${where})`}, 0)::text as ${as}`;

/** $1 and $2 as of, $3 to $8 the scope, $9 the sources that come to a project directly. */
const FIGURES = `
  with balance as (${balancesSql(true)}),
    scope as (${scopedProjectsSql(true)}),
    held as (
      select project_id, ${LEDGER_AMOUNTS.map((amount) => sumOf(amount)).join(', ')},
        ${sumOf('received', 'fiscal_received', 'source <> all($9::text[])')}
      from balance group by project_id),
    planned as (
      ${projectsAsOf('read.capacity_attribute', ['entered', 'plannedStart', 'plannedUse', 'withdrawn'], asOfCondition)}),
    happened as (
      select project_id, max(effective) filter (where event_type = 'ConstructionStarted') as started_on,
        max(effective) filter (where event_type = 'ProjectCommissioned') as commissioned_on
      from read.timeline_event t
      where event_type in ('ConstructionStarted', 'ProjectCommissioned') and ${standsAsOf('t')}
      group by project_id)
  select s.project_id, s.name, s.regions, s.category, s.total_fen::text, ${LEDGER_AMOUNTS.join(', ')},
    fiscal_received, withdrawn is not null as withdrawn, planned_start, planned_use, started_on, commissioned_on
  from scope s
    left join held on held.project_id = s.project_id
    left join planned on planned.project_id = s.project_id
    left join happened on happened.project_id = s.project_id
  order by s.project_id`;

type Row = Record<(typeof LEDGER_AMOUNTS)[number] | 'fiscal_received', string | null> & {
  project_id: string;
  name: string | null;
  regions: string[] | null;
  category: ProjectCategory | null;
  total_fen: string | null;
  withdrawn: boolean;
  planned_start: string | null;
  planned_use: string | null;
  started_on: string | null;
  commissioned_on: string | null;
};

/** Every project that stands in the region, in the order of ids. */
export async function* projectFigures(
  moment: Moment,
  region: RegionCode,
  day: string,
): AsyncGenerator<ProjectFigures> {
  const scope = ledgerParameters({ region, asEffectiveOn: day }).slice(0, 8);
  for await (const row of moment.rows<Row>(FIGURES, [...scope, [...DIRECT_SOURCES]])) yield figuresOf(row);
}

function figuresOf(row: Row): ProjectFigures {
  const fen = (amount: keyof Row) => BigInt((row[amount] as string | null) ?? 0);
  const amounts = Object.fromEntries(LEDGER_AMOUNTS.map((amount) => [amount, fen(amount)]));
  return {
    id: row.project_id,
    name: row.name ?? '',
    regions: row.regions ?? [],
    category: row.category,
    amounts: amounts as ProjectFigures['amounts'],
    rated: {
      totalFen: row.total_fen === null ? null : BigInt(row.total_fen),
      completedFen: fen('completed_investment'),
      allocatedFen: fen('allocated'),
      disbursedFen: fen('disbursed'),
      receivedFen: fen('received'),
      fiscalReceivedFen: fen('fiscal_received'),
      paidFen: fen('paid'),
      plannedStart: row.planned_start,
      plannedUse: row.planned_use,
      startedOn: row.started_on,
      commissionedOn: row.commissioned_on,
      withdrawn: row.withdrawn,
    },
  };
}
