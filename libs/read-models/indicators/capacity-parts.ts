import type { CapacityKind } from '#libs/kernel/capacity.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { quantity, type Quantity } from '#libs/plans/domain/indicators/quantities.js';
import { stockOf } from '#libs/plans/domain/indicators/stock.js';
import { FIGURE_SCOPES } from '#libs/plans/domain/vocabulary.js';
import { asOfCondition, asOfParameters, isAsOf } from '../as-of.js';
import { capacityScope } from '../yearly-counts/yearly-counts-sql.js';
import { scopeParameters } from '../scope.js';
import { missing, type FigureBook, type StockBase } from './figure-book.js';
import { rowsIn, yearEnd, type Part, type PartFinder, type PartScope } from './part.js';
import type { PartSource } from './queries.js';

/** Movements of one kind, year and bed scope in one set of divisions. */
interface Moved {
  regions: RegionCode[] | null;
  year: number;
  kind: CapacityKind;
  /** null: the project's beds are of no known scope. */
  bed_scope: string | null;
  added: number;
  removed: number;
  events: string[];
}

/** The scope of beds is said when they come into use, or by the project's details. */
const movedSql = (asOf: boolean): string => `
  with ${capacityScope(asOf)},
  moved as (
    select m.year, m.kind, m.delta, m.event_id, m.position, m.figure, scope.regions,
      coalesce(max(m.bed_scope) over (partition by m.project_id), scope.bed_scope) as bed_scope
    from read.capacity_movement m join scope on scope.project_id = m.project_id
    where ${asOfCondition('m')}
  )
  select regions, year, kind, bed_scope,
    coalesce(sum(delta) filter (where figure <> 'decommissioned'), 0)::integer as added,
    -coalesce(sum(delta) filter (where figure = 'decommissioned'), 0)::integer as removed,
    array_agg(event_id order by position) as events
  from moved
  group by regions, year, kind, bed_scope
  order by min(position)`;

/** What projects of a region brought and took away, of one kind and scope. */
interface Movements {
  added: number;
  removed: number;
  /** Of what is in no known scope, net: it may be of the one asked. */
  unscoped: number;
  events: string[];
}

/** Movements after the end of one year until the end of another. */
export type MovementFinder = (
  capacity: NonNullable<Quantity['capacity']>,
  region: RegionCode,
  years: { after: number; until: number },
) => Movements;

export async function capacityMovements({
  database,
  asOf,
}: Pick<PartScope, 'database' | 'asOf'>): Promise<MovementFinder> {
  const rows = await database.query<Moved[]>(movedSql(isAsOf(asOf)), [
    ...asOfParameters(asOf),
    ...scopeParameters({}),
  ]);
  const movedIn = rowsIn(rows, (row) => row.regions);
  return ({ kind, scope }, region, { after, until }) => {
    const moved = movedIn(region).filter((row) => row.kind === kind && row.year > after && row.year <= until);
    const counted = moved.filter((row) => scope === 'all' || row.bed_scope === scope);
    const unscoped = scope === 'all' ? [] : moved.filter((row) => row.bed_scope === null);
    return {
      added: sum(counted, 'added'),
      removed: sum(counted, 'removed'),
      unscoped: sum(unscoped, 'added') - sum(unscoped, 'removed'),
      events: [...counted, ...unscoped].flatMap((row) => row.events),
    };
  };
}

/** Beds and places at the end of a year: the last report or baseline until then, and what projects added and took away since. */
export async function capacityParts(scope: PartScope, figures: FigureBook): Promise<PartFinder> {
  const asked = [...scope.quantities].some((id) => quantity(id).capacity);
  const moved = asked ? await capacityMovements(scope) : undefined;
  return (id, region, year) => {
    const wanted = quantity(id);
    if (!wanted.capacity || !moved) return undefined;
    const { base, notUsed } = figures.baseOf(wanted, region, year);
    const movements = moved(wanted.capacity, region, { after: base?.year ?? 0, until: year });
    return { ...capacityPart(wanted, movements, base, year), notUsed };
  };
}

function capacityPart(
  { capacity, label, unit }: Quantity,
  { added, removed, unscoped, events }: Movements,
  base: StockBase | undefined,
  year: number,
): Part {
  if (!base && events.length === 0) {
    return missing(`${label}没有登记基期数，也没有项目投用`);
  }
  const explanation = [
    base?.said ?? '没有登记基期数',
    ...(base?.year === year ? [] : [`此后项目投用及变更 ${added}${unit}、停用 ${removed}${unit}`]),
    ...(unscoped === 0 ? [] : [`另有 ${unscoped}${unit}未列${FIGURE_SCOPES[capacity!.scope]}口径`]),
  ].join('，');
  return {
    interval: stockOf(base, added - removed, unscoped),
    source: sourceOf(base, events.length > 0),
    asOf: yearEnd(year),
    explanation,
    evidence: base?.evidence ?? [],
    events: [...(base?.events ?? []), ...events],
  };
}

function sourceOf(base: StockBase | undefined, moved: boolean): PartSource {
  if (!base) return 'projects';
  if (base.checked) return moved ? 'statisticsAndProjects' : 'statistics';
  return moved ? 'baselineAndProjects' : 'baseline';
}

function sum(rows: readonly Moved[], side: 'added' | 'removed'): number {
  return rows.reduce((total, row) => total + row[side], 0);
}
