import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { factOf } from '#libs/read-models/facts.js';
import { transfersOf } from '#libs/read-models/ledger/transfers.js';
import { withoutZeros, type Accounts } from './oracle.js';

const FISCAL_ORDER = ['allocated', 'disbursed', 'received'] as const;

/** The lines of the ledger's journal, added up one event after the other. */
export class Journal {
  private readonly balances = new Map<string, bigint>();
  /** What came into each stage, `source/level/stage` over all years. */
  private readonly reached = new Map<string, bigint>();
  /** What other projects brought to each stage less what they took, `source/level/stage` over all years. */
  private readonly handed = new Map<string, bigint>();

  take(decoded: RecordedProjectEvent): void {
    const { event, sign } = factOf(decoded);
    for (const { source, level, stage, from, fromYear, to, toYear, amountFen } of transfersOf(event)) {
      const fen = BigInt(sign) * amountFen;
      const line = `${source ?? ''}/${level ?? ''}`;
      add(this.balances, `${line}/${fromYear ?? ''}/${from}`, -fen);
      add(this.balances, `${line}/${toYear ?? ''}/${to}`, fen);
      add(this.reached, `${line}/${stage}`, fen);
      // What came from another project counts as having come to the stage, and to those before it.
      if (stage === 'reallocatedIn') add(this.handed, `${line}/${to}`, fen);
      if (stage === 'reallocatedOut') add(this.handed, `${line}/${from}`, -fen);
    }
  }

  get accounts(): Accounts {
    return withoutZeros(this.balances);
  }

  /** Stages that more money of a source reached than had reached the one before; none where all is in order. */
  outOfOrder(): string[] {
    const lines = new Set([...this.reached.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))));
    return [...lines].flatMap((line) => {
      const sum = (stage: string) => this.reached.get(`${line}/${stage}`) ?? 0n;
      const handed = (stage: string) => this.handed.get(`${line}/${stage}`) ?? 0n;
      const direct = line.startsWith('SelfRaised/');
      const steps: [string, bigint, bigint][] = [
        [
          'paid, recovered and returned within received',
          sum('paid') + sum('recovered') + sum('returned'),
          sum('received') + handed('received'),
        ],
      ];
      if (direct) steps.push(['received within plan', sum('received'), sum('planned')]);
      if (!direct) {
        FISCAL_ORDER.slice(1).forEach((stage, n) =>
          steps.push([
            `${stage} within ${FISCAL_ORDER[n]}`,
            sum(stage),
            sum(FISCAL_ORDER[n]!) + handed(FISCAL_ORDER[n]!),
          ]),
        );
        const everywhere = FISCAL_ORDER.reduce((total, stage) => total + handed(stage), 0n);
        steps.push(['allocated within plan', sum('allocated') + everywhere, sum('planned')]);
      }
      return steps.filter(([, more, less]) => more > less).map(([step]) => `${line}: not ${step}`);
    });
  }
}

function add(sums: Map<string, bigint>, key: string, fen: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + fen);
}
