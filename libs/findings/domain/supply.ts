import { CAPACITY_KINDS, type BedScope, type CapacityKind } from '#libs/kernel/capacity.js';
import { yearOf } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { EXPECTED_KINDS, movementsOf } from '#libs/projects/domain/movements.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import { DETAILS, detailEvents, factsOf, isWithdrawn, type Dossier, type DossierType } from './dossier.js';

const MOVES = ['ProjectCommissioned', 'CapacityChanged', 'ProjectDecommissioned'] as const;
/** The events that change what a project adds to the beds and places of its divisions. */
export const SUPPLY_READS: readonly DossierType[] = [...DETAILS, ...MOVES, 'ProjectWithdrawn'];

/** Beds or places of one kind, scope and year. Parts of projects that stand in the same divisions add up. */
export interface SupplyPart {
  /** `moved`: came into use, was changed or left use, in `year`. `coming`: not in use yet, planned for `year`. */
  what: 'moved' | 'coming';
  kind: CapacityKind;
  /** 口径 of beds; empty where none is said. */
  scope: BedScope | '';
  /** 0: no year of use is printed. */
  year: number;
  low: number;
  high: number;
  projects: number;
  /** Projects that should print a count and do not. */
  unknown: number;
  /** Ids of the events behind it, in the order recorded. */
  events: readonly string[];
}

export interface Supply {
  regions: readonly RegionCode[];
  parts: readonly SupplyPart[];
}

/** What a project adds: nothing more once it is withdrawn, what moved where it came into use, else what it plans. */
export function supplyOf(dossier: Dossier): Supply {
  const { details } = dossier;
  if (!details) return { regions: [], parts: [] };
  const commissioned = factsOf(dossier, 'ProjectCommissioned');
  const scope = commissioned.flatMap(({ data }) => data.bedScope ?? [])[0] ?? details.bedScope ?? '';
  const moved = MOVES.flatMap((type) =>
    factsOf(dossier, type).flatMap(({ id, on, data }): SupplyPart[] =>
      movementsOf({ type, data } as ProjectEvent).map(({ kind, delta }) => {
        const count = { low: delta, high: delta, projects: 1, unknown: 0 };
        return { what: 'moved', kind, scope, year: yearOf(on), ...count, events: [id] };
      }),
    ),
  );
  const regions = details.regions.toSorted();
  if (commissioned.length > 0 || isWithdrawn(dossier)) return { regions, parts: moved };
  const year = details.plannedUse === undefined ? 0 : yearOf(details.plannedUse);
  const events = detailEvents(dossier, 'plannedCapacity', 'plannedUse', 'bedScope');
  const coming = CAPACITY_KINDS.flatMap((kind): SupplyPart[] => {
    const planned = details.plannedCapacity[kind];
    if (!planned && !EXPECTED_KINDS[details.category].includes(kind)) return [];
    const { low, high } = planned ?? { low: 0, high: 0 };
    const unknown = planned ? 0 : 1;
    return [{ what: 'coming', kind, scope, year, low, high, projects: 1, unknown, events }];
  });
  return { regions, parts: [...moved, ...coming] };
}

/** Parts added up. */
export interface SupplySum {
  low: number;
  high: number;
  projects: number;
  unknown: number;
  /** Of these, in beds that say no scope. */
  unscoped: number;
  /** The first of the events behind it. */
  events: readonly string[];
}

/** How many events a sum lists; `projects` says how many parts there are. */
export const LISTED_EVENTS = 20;
