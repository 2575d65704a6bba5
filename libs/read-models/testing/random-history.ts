import fc from 'fast-check';
import { latestDay } from '#libs/kernel/partial-date.js';
import type { FundingPlanLine, ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import { idFor } from '#libs/kernel/ids.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import { details, projectId, reversalOf, type Happening } from './recorded.js';

/**
 * Histories of three projects, told in no sensible order: projections must count whatever was recorded. Effective days
 * run ahead of and behind each other and have all precisions; several events share a recorded time, and a long history
 * is recorded over three months.
 */
interface Draw {
  project: number;
  kind: (typeof KINDS)[number];
  effective: string;
  sourceAt: number;
  yearAt: number;
  amount: number;
  pick: number;
  sameInstant: boolean;
}

const KINDS = [
  'money',
  'money',
  'money',
  'carry',
  'reallocate',
  'plan',
  'details',
  'details',
  'progress',
  'capacity',
  'withdraw',
  'reverse',
  'reverse',
] as const;
const SOURCES: FundingSource[] = [
  'CentralBudgetInvestment',
  'SelfRaised',
  'WelfareLotteryFund',
  'LocalSpecialBond',
];
const STAGES = ['allocated', 'disbursed', 'received'] as const;
const MONEY = [
  'FundsApplied',
  'FundsAllocated',
  'FundsDisbursed',
  'FundsReceived',
  'FundsPaid',
  'FundsRecovered',
  'FundsReturned',
] as const;
const NEW_DETAILS: Partial<ProjectDetails>[] = [
  { totalInvestmentFen: '70000' },
  { regions: ['990103', '990101'] },
  { regions: ['990102'] },
  { category: 'Childcare' },
  { plannedUse: '2025-06' },
  { plannedCapacity: { beds: { low: 10, high: 30 } } },
  { plannedCapacity: { places: { low: 5, high: 5 }, beds: { low: 1, high: 1 } } },
  { name: '改名项目' },
];

/** Events that set one thing of a project: the plan, its properties, its beds. */
const SETS = [/^FundingPlan/u, /^ProjectDetailsRevised$/u, /Commission|CapacityChanged/u] as const;

const effective = fc.constantFrom(
  '2023',
  '2023-06',
  '2023-06-15',
  '2024',
  '2024-02',
  '2024-02-10',
  '2024-11-30',
  '2025-01',
);

const draw: fc.Arbitrary<Draw> = fc.record({
  project: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom(...KINDS),
  effective,
  sourceAt: fc.nat(3),
  yearAt: fc.nat(2),
  amount: fc.integer({ min: 1, max: 9999 }),
  pick: fc.nat(1000),
  sameInstant: fc.boolean(),
});

export const randomHistory: fc.Arbitrary<Happening[]> = fc
  .array(draw, { minLength: 1, maxLength: 40 })
  .map((draws) => new Teller().tell(draws));

/** What the next event of a project builds on. */
interface Now {
  details: ProjectDetails;
  plan: FundingPlanLine[];
  beds: number | undefined;
}

class Teller {
  private readonly told: Happening[] = [];
  private readonly standing: { n: number; id: string; before: Now }[] = [];
  private readonly now = new Map<string, Now>();
  private hours = 0;

  tell(draws: readonly Draw[]): Happening[] {
    for (const each of draws) {
      const id = projectId(each.project);
      if (!each.sameInstant) this.hours += 1 + (each.pick % 90);
      if (!this.now.has(id)) this.enter(id, each);
      if (each.kind === 'reverse') this.reverse(each);
      else if (each.kind === 'reallocate') this.reallocate(each, id);
      else this.add(each, id);
    }
    return this.told;
  }

  private enter(id: string, { project, pick, effective }: Draw): void {
    const more = pick % 2 ? { totalInvestmentFen: '50000' } : { plannedUse: '2024' };
    const entered = details(`项目${project}`, more);
    this.now.set(id, { details: entered, plan: [], beds: undefined });
    const event: ProjectEvent = { type: 'ProjectEnteredPool', data: { projectId: id, details: entered } };
    this.told.push({ projectId: id, event, effective, recordedAt: this.instant() });
  }

  private add(each: Draw, id: string): void {
    const before = { ...this.now.get(id)! };
    const event = this.eventOf(each, id);
    this.standing.push({ n: this.told.length, id, before });
    this.told.push({ projectId: id, event, effective: each.effective, recordedAt: this.instant() });
  }

  /** Both halves, one after the other or with time in between; now and then one is missing, or comes first. */
  private reallocate(each: Draw, id: string): void {
    const other = projectId(1 + (each.project % 3));
    if (!this.now.has(other)) this.enter(other, { ...each, project: 1 + (each.project % 3) });
    const { line, budgetYear, paper } = lineOf(each);
    const data = {
      ...{ ...line, budgetYear, ...paper, stage: STAGES[each.pick % 3]!, reason: '示例' },
      reallocationId: idFor('random reallocation', String(this.told.length)),
    };
    const halves: [string, ProjectEvent][] = [
      [id, { type: 'FundsReallocatedOut', data: { ...data, counterpartId: other } }],
      [other, { type: 'FundsReallocatedIn', data: { ...data, counterpartId: id } }],
    ];
    const told = each.pick % 7 === 0 ? halves.slice(each.pick % 2, 1 + (each.pick % 2)) : halves;
    for (const [of, event] of each.pick % 11 === 0 ? told.toReversed() : told) {
      this.standing.push({ n: this.told.length, id: of, before: { ...this.now.get(of)! } });
      this.told.push({ projectId: of, event, effective: each.effective, recordedAt: this.instant() });
      if (each.pick % 5 === 0) this.hours += each.pick % 90;
    }
  }

  /** Money in any order; what sets a project's plan, properties or beds only while nothing later of the kind stands. */
  private reverse({ pick, effective }: Draw): void {
    const kindOf = (n: number) => SETS.find((types) => types.test(this.told[n]!.event.type));
    const open = this.standing.filter(
      ({ n, id }) =>
        !kindOf(n) ||
        !this.standing.some((later) => later.n > n && later.id === id && kindOf(later.n) === kindOf(n)),
    );
    const entry = open[pick % Math.max(open.length, 1)];
    if (!entry) return;
    this.standing.splice(this.standing.indexOf(entry), 1);
    const now = this.now.get(entry.id)!;
    const [plan, properties] = SETS;
    if (kindOf(entry.n) === plan) now.plan = entry.before.plan;
    else if (kindOf(entry.n) === properties) now.details = entry.before.details;
    else if (kindOf(entry.n)) now.beds = entry.before.beds;
    this.told.push({ ...reversalOf(this.told, entry.n, effective), recordedAt: this.instant() });
  }

  private instant(): string {
    return instantAt(this.hours);
  }

  private eventOf(each: Draw, id: string): ProjectEvent {
    const { kind, yearAt, amount, pick } = each;
    const project = this.now.get(id)!;
    const { line, budgetYear, paper } = lineOf(each);
    switch (kind) {
      case 'money': {
        const type = MONEY[pick % MONEY.length]!;
        const papers = {
          authority: '示例',
          payee: '示例',
          basisDocument: '示例合同',
          purpose: '示例',
          reason: '示例',
          ...paper,
        };
        const wanted = PAPERS[type].map((name) => [name, papers[name]] as const);
        const earmarks = earmarksOf(type, line.source, pick);
        return {
          type,
          data: { ...line, budgetYear, ...Object.fromEntries(wanted), ...earmarks },
        } as ProjectEvent;
      }
      case 'carry':
        return {
          type: 'FundsCarriedForward',
          data: {
            ...line,
            ...paper,
            budgetYear,
            stage: pick % 2 ? 'allocated' : 'received',
            toYear: budgetYear + 1,
          },
        };
      case 'plan': {
        const lines = [
          { ...line, ...(yearAt > 0 && { budgetYear }) },
          { source: 'Donation' as const, amountFen: String(1 + pick) },
        ];
        const { plan: previous } = project;
        project.plan = lines;
        if (previous.length === 0) return { type: 'FundingPlanned', data: { lines } };
        return { type: 'FundingPlanRevised', data: { lines, previous, reason: '调整' } };
      }
      case 'progress':
        return {
          type: 'ProgressReported',
          data: { month: `${budgetYear}-03`, completedFen: String(amount - 1) },
        };
      case 'withdraw':
        return { type: 'ProjectWithdrawn', data: { reason: '示例' } };
      case 'capacity':
        return this.capacityEvent(project, amount, pick);
      case 'details':
      case 'reverse':
      case 'reallocate':
        return this.revision(project, pick);
    }
  }

  private capacityEvent(project: { beds: number | undefined }, amount: number, pick: number): ProjectEvent {
    const { beds } = project;
    if (beds === undefined) {
      project.beds = amount;
      return { type: 'ProjectCommissioned', data: { capacity: { beds: amount } } };
    }
    project.beds = pick % 3 === 0 ? undefined : amount;
    const capacity = { beds };
    if (pick % 3 === 0) return { type: 'ProjectDecommissioned', data: { capacity, reason: '示例' } };
    return {
      type: 'CapacityChanged',
      data: { before: capacity, after: { beds: amount, places: pick }, reason: '示例' },
    };
  }

  private revision(project: { details: ProjectDetails }, pick: number): ProjectEvent {
    const after = NEW_DETAILS[pick % NEW_DETAILS.length]!;
    const [field] = Object.keys(after) as (keyof ProjectDetails)[];
    const was = project.details[field!];
    const before = was === undefined ? {} : { [field!]: was };
    const becomesUnknown = was !== undefined && field === 'totalInvestmentFen' && pick % 2 === 0;
    const { [field!]: _dropped, ...kept } = project.details;
    project.details = (becomesUnknown ? kept : { ...kept, ...after }) as ProjectDetails;
    return { type: 'ProjectDetailsRevised', data: { before, after: becomesUnknown ? {} : after } };
  }
}

const PAPERS = {
  FundsApplied: ['documentNumber'],
  FundsAllocated: ['documentNumber', 'authority'],
  FundsDisbursed: ['documentNumber'],
  FundsReceived: ['documentNumber'],
  FundsPaid: ['payee', 'basisDocument', 'purpose'],
  FundsRecovered: ['documentNumber', 'reason'],
  FundsReturned: ['documentNumber', 'reason'],
} as const;

function lineOf({ sourceAt, yearAt, amount, pick }: Draw) {
  const source = SOURCES[sourceAt]!;
  const level = source === 'WelfareLotteryFund' ? { level: 'county' as const } : {};
  const budgetYear = 2023 + yearAt;
  return {
    line: { source, ...level, amountFen: String(amount) },
    budgetYear,
    paper: { documentNumber: `示例文〔${budgetYear}〕${pick}号` },
  };
}

/** What lottery money and special bonds say besides, where their events have room for it. */
function earmarksOf(type: (typeof MONEY)[number], source: FundingSource, pick: number): object {
  if (source === 'WelfareLotteryFund' && ['FundsApplied', 'FundsAllocated', 'FundsPaid'].includes(type)) {
    return { lotteryPurpose: pick % 2 ? 'ElderlyWelfare' : 'ChildWelfare' };
  }
  if (source === 'LocalSpecialBond' && type === 'FundsAllocated')
    return { repaymentPlan: { documentNumber: `示例偿债〔${pick}〕`, maturity: '2035' } };
  return {};
}

const instantAt = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString();

export interface Moment {
  asKnownAt?: string;
  asEffectiveOn?: string;
}

/** Days and instants on, before and behind those of the histories. */
export const randomMoment: fc.Arbitrary<Moment> = fc
  .record({
    instant: fc.option(
      fc.oneof(
        fc.nat(1500).map(instantAt),
        fc.constantFrom('2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'),
      ),
      { nil: undefined },
    ),
    day: fc.option(
      fc.constantFrom(
        '2022-12-31',
        '2023-06-15',
        '2023-06-30',
        '2023-12-31',
        '2024-02-10',
        '2024-02-29',
        '2024-12-31',
      ),
      {
        nil: undefined,
      },
    ),
  })
  .map(({ instant, day }) => ({
    ...(instant !== undefined && { asKnownAt: instant }),
    ...(day !== undefined && { asEffectiveOn: day }),
  }));

/** Histories in which so many events of these types happen: for what a specification must meet in every run. */
export const historyWith = (least: number, ...types: ProjectEvent['type'][]): fc.Arbitrary<Happening[]> =>
  randomHistory.filter(
    (history) => history.filter(({ event }) => types.includes(event.type)).length >= least,
  );

/**
 * What of a history was known and in effect, by the plain reading: the happenings up to the moment, in order, without
 * those reversed by then, and without the reversals.
 */
export function standing(
  history: readonly Happening[],
  idOf: (n: number) => string,
  moment: Moment,
): Happening[] {
  const counts = ({ effective, recordedAt, event }: Happening) => {
    const days = [latestDay(effective)];
    if (event.type === 'EntryReversed') days.push(latestDay(event.data.reversed.effectiveDate));
    return (
      (moment.asKnownAt === undefined || recordedAt! <= moment.asKnownAt) &&
      (moment.asEffectiveOn === undefined || days.every((day) => day <= moment.asEffectiveOn!))
    );
  };
  const known = history
    .map((happening, n) => ({ happening, id: idOf(n) }))
    .filter(({ happening }) => counts(happening));
  const reversed = new Set(
    known.flatMap(({ happening: { event } }) =>
      event.type === 'EntryReversed' ? [event.data.reversed.id] : [],
    ),
  );
  return known
    .filter(({ happening, id }) => happening.event.type !== 'EntryReversed' && !reversed.has(id))
    .map(({ happening }) => happening);
}
