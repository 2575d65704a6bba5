import { latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { percentText } from '#libs/kernel/rational.js';

/** The rates that regions are compared by, each with its base; parts and wholes are sums, divided last. */
export const RATES = {
  completed: { label: '完成投资率', base: '累计完成投资 ÷ 总投资（只计总投资已知的项目）' },
  disbursement: { label: '拨付率', base: '拨付 ÷ 下达' },
  arrival: { label: '到位率', base: '财政资金到位 ÷ 下达' },
  payment: { label: '支付率', base: '支付 ÷ 到位' },
  start: { label: '开工率', base: '已开工 ÷ 应开工（计划开工时间已到、未终止的项目）' },
  inUse: { label: '投用率', base: '已投用 ÷ 应投用（计划投用时间已到、未终止的项目）' },
} as const;
export type RateName = keyof typeof RATES;
export const RATE_NAMES = Object.keys(RATES) as RateName[];

/** What a rate needs to know of a project as of a day. Amounts in fen. */
export interface RatedProject {
  totalFen: bigint | null;
  completedFen: bigint;
  allocatedFen: bigint;
  disbursedFen: bigint;
  receivedFen: bigint;
  /** Of `receivedFen`, what came through an allocation. */
  fiscalReceivedFen: bigint;
  paidFen: bigint;
  plannedStart: PartialDate | null;
  plannedUse: PartialDate | null;
  startedOn: PartialDate | null;
  commissionedOn: PartialDate | null;
  withdrawn: boolean;
}

export interface Rate {
  part: bigint;
  of: bigint;
}

/** Sums over some projects: of a county, a set of counties or the whole region. */
export class RateSums {
  projects = 0;
  unknownTotals = 0;
  private readonly sums = Object.fromEntries(
    RATE_NAMES.map((name) => [name, { part: 0n, of: 0n }]),
  ) as Record<RateName, Rate>;

  constructor(private readonly day: string) {}

  add(project: RatedProject): void {
    const { totalFen, allocatedFen } = project;
    this.projects += 1;
    if (totalFen === null) this.unknownTotals += 1;
    else this.count('completed', project.completedFen, totalFen);
    this.count('disbursement', project.disbursedFen, allocatedFen);
    this.count('arrival', project.fiscalReceivedFen, allocatedFen);
    this.count('payment', project.paidFen, project.receivedFen);
    if (project.withdrawn) return;
    if (this.reached(project.plannedStart)) {
      this.count('start', this.reached(project.startedOn) ? 1n : 0n, 1n);
    }
    if (this.reached(project.plannedUse)) {
      this.count('inUse', this.reached(project.commissionedOn) ? 1n : 0n, 1n);
    }
  }

  rate(name: RateName): Rate {
    return this.sums[name];
  }

  private count(name: RateName, part: bigint, of: bigint): void {
    this.sums[name].part += part;
    this.sums[name].of += of;
  }

  /** A date printed with a year has certainly come from 31 December on. */
  private reached(date: PartialDate | null): boolean {
    return date !== null && latestDay(date) <= this.day;
  }
}

/** `87.50`; null where there is nothing to divide by. */
export const ratePercent = ({ part, of }: Rate): string | null => (of > 0n ? percentText(part, of) : null);

/** The greater first, those without a base last; compared unrounded. */
export function compareRates(a: Rate, b: Rate): number {
  if (a.of === 0n || b.of === 0n) return Number(a.of === 0n) - Number(b.of === 0n);
  const difference = b.part * a.of - a.part * b.of;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
