import type { DataSource } from 'typeorm';
import type { CapacityKind } from '#libs/kernel/capacity.js';
import { compare } from '#libs/kernel/rational.js';
import { quantity, type QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { boundsOf } from '#libs/plans/domain/values.js';
import { FigureBook } from '../indicators/figure-book.js';
import type { CapacityFilter, CountBaseline } from './queries.js';

/** The stock that a year's counts start from. */
export type BaselineFinder = (kind: CapacityKind, year: number) => CountBaseline | undefined;

/** What plans print of a kind in all scopes; of nursing beds they print those of institutions only. */
const QUANTITIES: Partial<Record<CapacityKind, QuantityId>> = {
  beds: 'beds',
  places: 'places',
  inclusivePlaces: 'inclusivePlaces',
};

/** A baseline is of all that is in a region: a part of its projects, or every region at once, has none. */
export async function baselinesFor(database: DataSource, filter: CapacityFilter): Promise<BaselineFinder> {
  const { region, regionSet, category, ...asOf } = filter;
  if (region === undefined || regionSet !== undefined || category !== undefined) return () => undefined;
  const book = await FigureBook.open({ database, regions: [region], asOf });
  return (kind, year) => {
    const id = QUANTITIES[kind];
    const found = id && book.baselineOf(quantity(id), region, year);
    const bounds = found && boundsOf(found.data.value, found.data.unit);
    if (!bounds?.low || !bounds.high || bounds.low.of !== 1n || compare(bounds.low, bounds.high) !== 0) {
      return undefined;
    }
    const { planId, eventId, data } = found!;
    return { year: data.year!, count: Number(bounds.low.part), planId, eventId };
  };
}
