import type { Fen } from '#libs/kernel/money.js';

/** Stages that money stands at on its way; what it is paid or recovered to is its end. */
export const HELD_STAGES = ['allocated', 'disbursed', 'received'] as const;
export type HeldStage = (typeof HELD_STAGES)[number];

/** One standing line of the journal: so much left one account and entered another. `amountFen` is positive. */
export interface Movement {
  readonly eventId: string;
  readonly projectId: string;
  readonly source: string | null;
  readonly level: string | null;
  readonly from: string;
  readonly fromYear: number | null;
  readonly to: string;
  readonly toYear: number | null;
  readonly amountFen: Fen;
  /** What the two halves of a reallocation have in common; null for all other movements. */
  readonly reallocationId?: string | null;
}

/**
 * Money that went one way all along. `steps` are the movements it took, each entering where the next one left:
 * seen from a payment the payment comes first, seen from an allocation the allocation does.
 */
export interface Path<M extends Movement> {
  readonly amountFen: Fen;
  readonly steps: readonly M[];
  /** False where an account gave more than had come into it, so that this part has no known origin. */
  readonly traced: boolean;
}

/** What still stands at a stage, with the movement that brought it into the flow: its age counts from there. */
export interface IdleLot<M extends Movement> {
  readonly amountFen: Fen;
  readonly stage: HeldStage;
  /** The movement that brought it to where it stands; another year's carrying forward, or the origin itself. */
  readonly holder: M;
  readonly origin: M;
}

/** A movement's place in the queue of an account: it filled, or took, the fen from `start` up to `end`. */
interface Place<M> {
  readonly movement: M;
  readonly start: Fen;
  readonly end: Fen;
}

interface Account<M> {
  /** Null between two projects, where money stands only while half a reallocation is missing. */
  readonly stage: HeldStage | null;
  readonly ins: Place<M>[];
  readonly outs: Place<M>[];
  filled: Fen;
  emptied: Fen;
}

/**
 * Follows money first in, first out through the accounts of each project, source, level and year. The movements are
 * numbered off fen by fen as they enter and leave an account, in the order given; fen number n that leaves is fen
 * number n that entered. Nothing is matched by search, so the same movements always lead to the same lots.
 */
export class MoneyFlow<M extends Movement> {
  private readonly accounts = new Map<string, Account<M>>();
  private readonly entered = new Map<M, Place<M>>();
  private readonly left = new Map<M, Place<M>>();

  /** @param movements those that stand (no reversed ones), by business day, then in the order recorded */
  constructor(movements: readonly M[]) {
    for (const movement of movements) {
      const source = this.account(movement, movement.from, movement.fromYear);
      if (source) this.left.set(movement, enqueue(source.outs, movement, source.emptied));
      if (source) source.emptied += movement.amountFen;
      const target = this.account(movement, movement.to, movement.toYear);
      if (target) this.entered.set(movement, enqueue(target.ins, movement, target.filled));
      if (target) target.filled += movement.amountFen;
    }
  }

  /** Where the money of a movement came from, back to where it entered the flow; the amounts add up to it. */
  *origins(movement: M): Generator<Path<M>> {
    yield* this.back(movement, 0n, movement.amountFen, []);
  }

  /** Where the money of a movement went, as far as it has gone; the amounts add up to it. */
  *destinations(movement: M): Generator<Path<M>> {
    yield* this.forth(movement, 0n, movement.amountFen, []);
  }

  /** Everything that stands at a stage now. */
  *idle(): Generator<IdleLot<M>> {
    for (const { stage, ins, emptied } of this.accounts.values()) {
      if (stage === null) continue;
      for (const { movement, start, end } of ins) {
        if (end <= emptied) continue;
        const from = larger(start, emptied) - start;
        for (const { amountFen, origin } of this.beforeCarrying(movement, from, end - start)) {
          yield { amountFen, stage, holder: movement, origin };
        }
      }
    }
  }

  /** What accounts gave beyond what had come into them, by stage: with it, idle lots add up to the balances. */
  *overdrawn(): Generator<{ stage: HeldStage; amountFen: Fen; movement: M }> {
    for (const { stage, outs, filled, emptied } of this.accounts.values()) {
      if (stage !== null && emptied > filled)
        yield { stage, amountFen: emptied - filled, movement: outs[0]!.movement };
    }
  }

  private account(movement: M, stage: string, year: number | null): Account<M> | undefined {
    const between = stage === 'reallocated';
    if (!between && !isHeld(stage)) return undefined;
    const { projectId, source, level, reallocationId } = movement;
    // One half of a reallocation fills this account, the other empties it: the money of no other pair gets into it.
    const key = between ? `${reallocationId}` : `${projectId}/${source}/${level}/${stage}/${year}`;
    let account = this.accounts.get(key);
    if (!account) {
      account = { stage: between ? null : stage, ins: [], outs: [], filled: 0n, emptied: 0n };
      this.accounts.set(key, account);
    }
    return account;
  }

  /** `from` and `to` count fen of the movement itself. */
  private *back(movement: M, from: Fen, to: Fen, before: readonly M[]): Generator<Path<M>> {
    const steps = [...before, movement];
    const account = this.account(movement, movement.from, movement.fromYear);
    if (!account) {
      yield { amountFen: to - from, steps, traced: true };
      return;
    }
    const { start } = this.left.get(movement)!;
    for (const { other, low, high } of overlaps(account.ins, start + from, start + to)) {
      yield* this.back(other, low, high, steps);
    }
    const missing = start + to - larger(start + from, account.filled);
    if (missing > 0n) yield { amountFen: missing, steps, traced: false };
  }

  private *forth(movement: M, from: Fen, to: Fen, before: readonly M[]): Generator<Path<M>> {
    const steps = [...before, movement];
    const account = this.account(movement, movement.to, movement.toYear);
    if (!account) {
      yield { amountFen: to - from, steps, traced: true };
      return;
    }
    const { start } = this.entered.get(movement)!;
    for (const { other, low, high } of overlaps(account.outs, start + from, start + to)) {
      yield* this.forth(other, low, high, steps);
    }
    const standing = start + to - larger(start + from, account.emptied);
    if (standing > 0n) yield { amountFen: standing, steps, traced: true };
  }

  /** Carrying forward and reallocating keep the age of money: goes back over them, and over nothing else. */
  private *beforeCarrying(movement: M, from: Fen, to: Fen): Generator<{ amountFen: Fen; origin: M }> {
    const along =
      movement.from === movement.to || movement.from === 'reallocated' || movement.to === 'reallocated';
    if (!along) {
      yield { amountFen: to - from, origin: movement };
      return;
    }
    const { ins, filled } = this.account(movement, movement.from, movement.fromYear)!;
    const { start } = this.left.get(movement)!;
    for (const { other, low, high } of overlaps(ins, start + from, start + to)) {
      yield* this.beforeCarrying(other, low, high);
    }
    const missing = start + to - larger(start + from, filled);
    if (missing > 0n) yield { amountFen: missing, origin: movement };
  }
}

function isHeld(stage: string): stage is HeldStage {
  return (HELD_STAGES as readonly string[]).includes(stage);
}

function enqueue<M extends Movement>(places: Place<M>[], movement: M, start: Fen): Place<M> {
  const place = { movement, start, end: start + movement.amountFen };
  places.push(place);
  return place;
}

/** The parts of other movements that share the fen from `from` up to `to`, in fen of those movements. */
function* overlaps<M>(places: readonly Place<M>[], from: Fen, to: Fen) {
  for (const { movement: other, start, end } of places) {
    if (end <= from) continue;
    if (start >= to) return;
    yield { other, low: larger(start, from) - start, high: (end < to ? end : to) - start };
  }
}

const larger = (a: Fen, b: Fen): Fen => (a > b ? a : b);
