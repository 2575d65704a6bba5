import { moneyView, type MoneyView } from '#libs/kernel/money.js';
import type { FundingPlanLine } from '#libs/projects/domain/events.js';
import {
  APPROVAL_MODES,
  CONSTRUCTION_NATURES,
  FUNDING_SOURCES,
  PROJECT_CATEGORIES,
  PROJECT_STAGES,
  READINESS_CONDITIONS,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { labelled, regionSet } from '../views.js';
import type { ConditionState, PoolEntry, ProjectDetail, ProjectIdentity, ProjectRow } from './queries.js';
import { CONDITIONS, type RegisteredProject } from './registered-project.js';
import { sumOf } from './sum-of.js';
import type { ShownProject } from './shown-projects.js';

export function projectRow({ projectId, shown }: ShownProject): ProjectRow {
  const { details, plan } = shown;
  const total = details.totalInvestmentFen;
  return {
    id: projectId,
    name: details.name,
    code: shown.code,
    category: labelled(PROJECT_CATEGORIES, details.category),
    stage: labelled(PROJECT_STAGES, shown.stage),
    regions: regionSet(details.regions),
    place: details.place,
    scope: details.scope ?? null,
    implementingUnits: details.implementingUnits,
    constructionNature:
      details.constructionNature === undefined
        ? null
        : labelled(CONSTRUCTION_NATURES, details.constructionNature),
    plannedStart: details.plannedStart ?? null,
    plannedUse: details.plannedUse ?? null,
    totalInvestment: total === undefined ? null : moneyView(BigInt(total)),
    selfRaised: plan && moneyView(sumOf(plan.filter(({ source }) => source === 'SelfRaised'))),
    unsourced: total === undefined ? null : moneyView(BigInt(total) - sumOf(plan ?? [])),
    plannedCapacity: details.plannedCapacity,
    bedScope: details.bedScope ?? null,
    capacityInUse: shown.inUse,
    lists: shown.lists,
  };
}

export function projectDetail(project: ShownProject): ProjectDetail {
  const { shown } = project;
  const { approval } = shown;
  return {
    ...projectRow(project),
    conditions: conditionsOf(shown),
    enteredPool: shown.enteredPool,
    approval: approval && {
      mode: labelled(APPROVAL_MODES, approval.mode),
      documentNumber: approval.documentNumber,
      authority: approval.authority,
      date: approval.date,
      approvedTotal: moneyView(BigInt(approval.approvedTotalFen)),
    },
    estimate: money(shown.estimateFen),
    finalAccount: money(shown.finalFen),
    nationalLibraryNumber: shown.library?.number ?? null,
    inNationalLibrary: shown.library !== null,
    fundingPlan: bySource(shown.plan ?? []),
    startedOn: shown.startedOn,
    acceptedOn: shown.accepted?.on ?? null,
    acceptedCapacity: shown.accepted?.capacity ?? null,
    commissionedOn: shown.commissionedOn,
  };
}

export function poolEntry(project: ShownProject): PoolEntry {
  const conditions = conditionsOf(project.shown);
  return {
    project: projectRow(project),
    enteredPool: project.shown.enteredPool,
    conditions,
    blockedBy: conditions.filter(({ met }) => !met),
  };
}

export function projectIdentity({ projectId, shown }: ShownProject): ProjectIdentity {
  const { details, code } = shown;
  return {
    projectId,
    name: details.name,
    place: details.place,
    regions: details.regions,
    implementingUnits: details.implementingUnits,
    ...(code !== null && { code }),
    category: details.category,
    ...(details.plannedUse !== undefined && { plannedUse: details.plannedUse }),
    lists: shown.lists.map(({ title, sequence }) => ({ title, ...(sequence !== null && { sequence }) })),
  };
}

function conditionsOf({ conditions }: RegisteredProject): ConditionState[] {
  return CONDITIONS.map((condition) => ({
    condition,
    label: READINESS_CONDITIONS[condition],
    ...conditions[condition],
  }));
}

function bySource(plan: readonly FundingPlanLine[]): ProjectDetail['fundingPlan'] {
  const sources = (Object.keys(FUNDING_SOURCES) as FundingSource[]).filter((source) =>
    plan.some((line) => line.source === source),
  );
  return sources.map((source) => ({
    source: labelled(FUNDING_SOURCES, source),
    amount: moneyView(sumOf(plan.filter((line) => line.source === source))),
  }));
}

const money = (fen: string | null): MoneyView | null => (fen === null ? null : moneyView(BigInt(fen)));
