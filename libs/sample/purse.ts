import type { Fen } from '#libs/kernel/money.js';
import { DIRECT_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { MoneyLine } from './funding-mix.js';

/** What lies at each stage of one source line and budget year, so that a story never spends what is not there. */
export interface Pocket {
  line: Omit<MoneyLine, 'amountFen'>;
  plannedFen: Fen;
  allocatedFen: Fen;
  disbursedFen: Fen;
  receivedFen: Fen;
}

export class Purse {
  private readonly pockets: Pocket[] = [];

  /** `year`: the budget year that is open. */
  constructor(
    private readonly lines: readonly MoneyLine[],
    public year: number,
  ) {}

  /** The planned lines of a budget year, each opened as a pocket. */
  open(budgetYear: number): Pocket[] {
    return this.lines
      .filter((line) => line.budgetYear === budgetYear)
      .map(({ amountFen, ...line }) => {
        const pocket = this.pocket(line);
        pocket.plannedFen += amountFen;
        return pocket;
      });
  }

  /** The pocket of the same source and level in another budget year. */
  pocket(line: Pocket['line']): Pocket {
    const known = this.pockets.find(
      ({ line: { source, level, budgetYear } }) =>
        source === line.source && level === line.level && budgetYear === line.budgetYear,
    );
    if (known) return known;
    const made = { line, plannedFen: 0n, allocatedFen: 0n, disbursedFen: 0n, receivedFen: 0n };
    this.pockets.push(made);
    return made;
  }

  /** Pockets of a budget year with something left at a stage. */
  filled(stage: 'allocatedFen' | 'disbursedFen' | 'receivedFen', budgetYear?: number): Pocket[] {
    return this.pockets.filter(
      (pocket) => pocket[stage] > 0n && (budgetYear === undefined || pocket.line.budgetYear === budgetYear),
    );
  }
}

export function isDirect(pocket: Pocket): boolean {
  return DIRECT_SOURCES.has(pocket.line.source);
}

/** The fields that every fund command of a pocket shares. */
export function fund(pocket: Pocket, amountFen: Fen) {
  return { ...pocket.line, amountFen: amountFen.toString() };
}
