import { idFor } from '#libs/kernel/ids.js';
import type { ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import { cohortOf, type Cohorts } from '../cohorts.js';
import { addToDossiers, emptyDossier, type Dossier } from '../dossier.js';
import { rational } from '#libs/kernel/rational.js';

/** What happened: the business date and the event, and whether the other project of a reallocation recorded it. */
export type Told = readonly [on: string, event: ProjectEvent, byOther?: true];

const OWN = idFor('told project');
const OTHER = idFor('told other');

/** Id of the nth thing told, from 0. */
export const toldId = (n: number): string => idFor('told', String(n));

export function dossierOf(...story: readonly Told[]): Dossier {
  const dossier = emptyDossier();
  story.forEach(([effectiveDate, event, byOther], n) =>
    addToDossiers((id) => (id === OWN ? dossier : undefined), {
      ...{ ...event, id: toldId(n), effectiveDate },
      projectId: byOther ? OTHER : OWN,
    }),
  );
  return dossier;
}

export const wan = (amount: number): string => (BigInt(amount) * 1_000_000n).toString();

/** Entry of a made-up project in 示例1县. */
export function entered(more: Partial<ProjectDetails> = {}, on = '2024-01-10', listTitle?: string): Told {
  const details: ProjectDetails = {
    name: '示例1县养老院',
    category: 'ElderlyCare',
    regions: ['990101'],
    place: '示例1县',
    implementingUnits: ['示例1县民政局'],
    plannedCapacity: {},
    ...more,
  };
  const list = listTitle === undefined ? {} : { list: { title: listTitle } };
  return [on, { type: 'ProjectEnteredPool', data: { projectId: OWN, details, ...list } }];
}

const LINE = { source: 'CentralBudgetInvestment', budgetYear: 2024 } as const;
const HANDED = {
  ...{ stage: 'received', reallocationId: idFor('told reallocation'), counterpartId: OTHER },
  ...{ documentNumber: '示例调〔2025〕1号', reason: '示例' },
};
const PAPERS = {
  FundsAllocated: { documentNumber: '示例财建〔2024〕8号', authority: '示例州财政局' },
  FundsDisbursed: { documentNumber: '示例拨〔2024〕1号' },
  FundsReceived: { documentNumber: '进账单1' },
  FundsPaid: { payee: '示例建设公司', basisDocument: '施工合同', purpose: '主体工程' },
  FundsRecovered: { documentNumber: '示例回〔2024〕1号', reason: '结余' },
  FundsReturned: { documentNumber: '示例缴〔2025〕1号', reason: '竣工结余' },
  FundsReallocatedOut: HANDED,
  FundsReallocatedIn: HANDED,
};

export function money(
  type: keyof typeof PAPERS,
  on: string,
  amount: number,
  more: Record<string, unknown> = {},
): Told {
  return [on, { type, data: { ...LINE, ...PAPERS[type], amountFen: wan(amount), ...more } } as ProjectEvent];
}

/** Half of a reallocation that the other project recorded. */
export function othersHalf(
  type: 'FundsReallocatedOut' | 'FundsReallocatedIn',
  on: string,
  amount: number,
): Told {
  const [day, event] = money(type, on, amount, { counterpartId: OWN });
  return [day, event, true];
}

export const estimate = (amount: number): Told => [
  '2024-02-01',
  {
    type: 'EstimateApproved',
    data: { documentNumber: '示例概〔2024〕1号', authority: '示例州发展改革委', estimateFen: wan(amount) },
  },
];

export const started = (on = '2024-03-05'): Told => [on, { type: 'ConstructionStarted', data: {} }];

export const report = (month: string, amount: number, physicalPercent?: string): Told => [
  `${month}-28`,
  {
    type: 'ProgressReported',
    data: { month, completedFen: wan(amount), ...(physicalPercent !== undefined && { physicalPercent }) },
  },
];

export const accepted = (on: string, beds = 100): Told => [
  on,
  { type: 'CompletionAccepted', data: { capacity: { beds }, documentNumber: '示例验〔2025〕1号' } },
];

export const commissioned = (on: string): Told => [
  on,
  { type: 'ProjectCommissioned', data: { capacity: { beds: 100 } } },
];

export const finalAccount = (on: string): Told => [
  on,
  {
    type: 'FinalAccountApproved',
    data: { documentNumber: '示例决〔2025〕1号', authority: '示例州财政局', finalFen: wan(90) },
  },
];

export const planned = (...amounts: number[]): Told => [
  '2024-01-10',
  {
    type: 'FundingPlanned',
    data: { lines: amounts.map((amount) => ({ source: 'SelfRaised' as const, amountFen: wan(amount) })) },
  },
];

/** Every project stands beside others that cost so many 万元 a unit. */
export function beside(...costs: number[]): Cohorts {
  const sorted = costs.toSorted((a, b) => a - b).map((cost) => rational(BigInt(cost) * 1_000_000n, 1n));
  const cohort = cohortOf(sorted);
  return () => cohort;
}
