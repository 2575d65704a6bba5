import type { RegionCode } from '#libs/kernel/regions.js';
import type { RuleSetAdopted } from '#libs/findings/domain/rule-set-events.js';
import { timetableOf, type Adoption, type Timetable } from '#libs/findings/domain/rule-sets.js';

/** Adoptions as known at $1 (null: now), in the order recorded. */
export const adoptionsSql = (table: string): string => `
  select data from ${table} where $1::timestamptz is null or known_at <= $1 order by position`;

export const adoptionOf = ({ ruleSetId, region, from, ...ruleSet }: RuleSetAdopted): Adoption => ({
  ruleSet: { id: ruleSetId, ...ruleSet },
  region,
  from,
});

/** Which rules are in force where and when, by the adoptions that are known. */
export class RuleBook {
  private readonly timetables = new Map<string, Timetable>();

  constructor(readonly adoptions: readonly Adoption[]) {}

  /** For a subject that stands in these regions: a set applies that is adopted for all of them. */
  timetableFor(regions: readonly RegionCode[]): Timetable {
    const key = regions.join();
    let timetable = this.timetables.get(key);
    if (!timetable) this.timetables.set(key, (timetable = timetableOf(this.adoptions, regions)));
    return timetable;
  }

  with(adoption: Adoption): RuleBook {
    return new RuleBook([...this.adoptions, adoption]);
  }
}
