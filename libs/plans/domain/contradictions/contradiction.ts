import type { PlanEventData } from '../events.js';
import { printedText } from '../values.js';

/** What does not fit together in one plan. Nothing is decided about which side is right. */
export const CONTRADICTION_RULES = {
  T1: '同一指标、口径、年份有两个不同的目标',
  T2: '所印比例与按所印数字计算的不符',
  T3: '分解数之和与方案目标或所印合计不符',
  T4: '清单安排不足以达到正文目标',
} as const;
export type ContradictionRule = keyof typeof CONTRADICTION_RULES;

export interface Side {
  eventId: string;
  printed: string;
  document: string;
  locator: string;
}

export interface Contradiction {
  rule: ContradictionRule;
  /** `note`: it holds only because of rounding, or in wording; `error`: the numbers differ. */
  severity: 'note' | 'warning' | 'error';
  indicator: string;
  year: number | null;
  sides: Side[];
  /** What differs, by name: plain decimals or the text that is printed. */
  figures: Readonly<Record<string, string>>;
  /** For people, with the arithmetic. */
  sentence: string;
}

/** A standing entry with its event. */
export interface Standing<T> {
  eventId: string;
  data: T;
}
export type Target = Standing<PlanEventData<'TargetSet'>>;
export type Baseline = Standing<PlanEventData<'BaselineRecorded'>>;
export type PopulationFigure = Standing<PlanEventData<'PopulationRecorded'>>;
export type CountyShares = Standing<PlanEventData<'CountySharesSet'>>;

export interface PlanFigures {
  targets: readonly Target[];
  baselines: readonly Baseline[];
  populations: readonly PopulationFigure[];
  shares: readonly CountyShares[];
  /** Targets of other plans: what they promise of the same division and year is held beside this plan. */
  others?: readonly Target[];
}

export function sideOf({ eventId, data }: Target | Baseline): Side {
  return { eventId, printed: printedText(data.value, data.unit), ...data.source };
}

export function populationSide({ eventId, data }: PopulationFigure): Side {
  return { eventId, printed: data.printedAs, ...data.source };
}
