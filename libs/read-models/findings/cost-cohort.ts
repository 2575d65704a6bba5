import { cohortOf, type Cohort } from '#libs/findings/domain/cohorts.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import {
  costBand,
  kindIn,
  unitCostOf,
  type Comparable,
  type CostBand,
  type CostLimits,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { compare, type Rational } from '#libs/kernel/rational.js';

export interface Member {
  readonly projectId: string;
  readonly comparable: Comparable;
  /** What was said of it last; undefined of one that is new. */
  kind: Outcome['kind'] | undefined;
}
type Placed = Member & { readonly cost: Rational };

/** Members that the same limits decide over, and how they decided the last time. */
interface Bracket {
  readonly limits: CostLimits;
  readonly members: Placed[];
  readonly fresh: Set<Placed>;
  judged: boolean;
  band: CostBand;
}

const COST = ({ cost }: Placed) => cost;

/**
 * The projects of one cohort in the order of their costs. Each that comes or goes moves the median for all, but only
 * those between the old edge and the new one change sides: they are found by halving, so that a list of thousands of
 * similar projects is judged in the time it takes to read it.
 */
export class CostCohort {
  private readonly costs: Rational[] = [];
  private readonly brackets = new Map<string, Bracket>();
  /** By the day and the regions that decide which limits are in force. */
  private readonly byPlace = new Map<string, Bracket>();

  constructor(
    members: readonly Member[],
    private readonly limitsOf: (comparable: Comparable) => CostLimits,
  ) {
    const placed = members.map((member) => ({ ...member, cost: unitCostOf(member.comparable) }));
    placed.sort((a, b) => compare(a.cost, b.cost));
    for (const member of placed) {
      this.costs.push(member.cost);
      this.bracketOf(member.comparable).members.push(member);
    }
  }

  add(member: Member): void {
    const placed = { ...member, cost: unitCostOf(member.comparable) };
    this.costs.splice(firstNotBelow(this.costs, placed.cost), 0, placed.cost);
    const { members, fresh } = this.bracketOf(member.comparable);
    members.splice(firstNotBelow(members, placed.cost, COST), 0, placed);
    fresh.add(placed);
  }

  /** `comparable` as it was when the project was added. */
  remove(projectId: string, comparable: Comparable): void {
    const cost = unitCostOf(comparable);
    this.costs.splice(firstNotBelow(this.costs, cost), 1);
    const { members, fresh } = this.bracketOf(comparable);
    let at = firstNotBelow(members, cost, COST);
    while (members[at]!.projectId !== projectId) at += 1;
    for (const gone of members.splice(at, 1)) fresh.delete(gone);
  }

  /** Brings every kind up to date. @returns how the costs lie now, and the members that are new or changed sides */
  judge(): { cohort: Cohort | undefined; changed: readonly Member[] } {
    const cohort = cohortOf(this.costs);
    const changed: Member[] = [];
    for (const bracket of this.brackets.values()) {
      const band = costBand(cohort, bracket.limits);
      for (const member of inQuestion(bracket, band)) {
        const kind = kindIn(band, member.cost);
        if (kind === member.kind) continue;
        member.kind = kind;
        changed.push(member);
      }
      bracket.band = band;
      bracket.judged = true;
      bracket.fresh.clear();
    }
    return { cohort, changed };
  }

  private bracketOf(comparable: Comparable): Bracket {
    const place = `${comparable.since} ${comparable.regions.join()}`;
    let bracket = this.byPlace.get(place);
    if (bracket) return bracket;
    const limits = this.limitsOf(comparable);
    const { leastProjects, lowestShare, highestShare } = limits;
    const key = [leastProjects, lowestShare.part, lowestShare.of, highestShare.part, highestShare.of].join();
    bracket = this.brackets.get(key) ?? {
      limits,
      members: [],
      fresh: new Set(),
      judged: false,
      band: undefined,
    };
    this.brackets.set(key, bracket);
    this.byPlace.set(place, bracket);
    return bracket;
  }
}

/** Those that an edge passed over, and those that were not judged yet; all, where the cohort became large or small enough. */
function inQuestion({ members, fresh, band: was, judged }: Bracket, now: CostBand): Iterable<Placed> {
  if (!judged || !was !== !now) return members;
  if (!was || !now) return fresh;
  return new Set([
    ...between(members, was.lowest, now.lowest),
    ...between(members, was.highest, now.highest),
    ...fresh,
  ]);
}

/** Members whose cost lies between two edges, both included, in whichever order these stand. */
function between(members: readonly Placed[], a: Rational, b: Rational): readonly Placed[] {
  const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
  const from = firstNotBelow(members, low, COST);
  let to = from;
  while (to < members.length && compare(members[to]!.cost, high) <= 0) to += 1;
  return members.slice(from, to);
}

/** Where the first cost stands that is not below this one, in a list that is in order. */
function firstNotBelow(costs: readonly Rational[], cost: Rational): number;
function firstNotBelow<T>(list: readonly T[], cost: Rational, costOf: (one: T) => Rational): number;
function firstNotBelow<T>(
  list: readonly T[],
  cost: Rational,
  costOf: (one: T) => Rational = (one) => one as Rational,
): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(costOf(list[middle]!), cost) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
