import type { CapacityKind } from '#libs/kernel/capacity.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import type { FigureScope, Population } from '../vocabulary.js';

/** Money of all projects of a region, from the investment ledger. */
export const LEDGER_MEASURES = [
  'totalInvestment',
  'completedInvestment',
  'completedInYear',
  'plannedForYear',
  'allocated',
  'disbursed',
  'received',
  'receivedFiscal',
  'paid',
] as const;
export type LedgerMeasure = (typeof LEDGER_MEASURES)[number];

/** Numbers of projects of a region, from the register. */
export const PROJECT_MEASURES = ['dueToStart', 'startedOfDue', 'dueInUse', 'inUseOfDue'] as const;
export type ProjectMeasure = (typeof PROJECT_MEASURES)[number];

/** What an indicator is made of, and where its number comes from. */
export interface Quantity {
  /** Chinese, as it stands in a fraction: 托位. */
  label: string;
  unit: string;
  /** Names under which plans and statistics print this number: a baseline is found by them. */
  statistics: readonly string[];
  /** Figures of the annual statistics report that together are this number. */
  reported?: readonly FigureKey[];
  /** Stock at the end of the year: baseline + what projects added − what they took away since. */
  capacity?: { kind: CapacityKind; scope: FigureScope };
  /** The first of these that is recorded, of the latest year not after the one asked about. */
  populations?: readonly Population[];
  ledger?: LedgerMeasure;
  projects?: ProjectMeasure;
}

/** How the annual report counts these people; another count of them is another number. */
export const REPORTED_POPULATIONS: Partial<Record<Population, FigureKey>> = {
  resident: 'residents',
  residentAged60: 'residentAged60',
  residentAged65: 'residentAged65',
};

const people = (label: string, ...populations: Population[]): Quantity => ({
  label,
  unit: '人',
  statistics: [],
  populations,
});
const money = (label: string, ledger: LedgerMeasure): Quantity => ({
  label,
  unit: '元',
  statistics: [],
  ledger,
});
const projects = (label: string, measure: ProjectMeasure): Quantity => ({
  label,
  unit: '个',
  statistics: [],
  projects: measure,
});

export const QUANTITIES = {
  places: {
    label: '托位',
    unit: '个',
    statistics: ['3岁以下婴幼儿托位数', '托位数'],
    reported: ['places'],
    capacity: { kind: 'places', scope: 'all' },
  },
  inclusivePlaces: {
    label: '普惠托位',
    unit: '个',
    statistics: ['普惠托位数'],
    reported: ['inclusivePlaces'],
    capacity: { kind: 'inclusivePlaces', scope: 'all' },
  },
  beds: {
    label: '养老床位（机构、社区、家庭）',
    unit: '张',
    statistics: ['养老床位数'],
    reported: ['institutionBeds', 'communityBeds', 'homeBeds'],
    capacity: { kind: 'beds', scope: 'all' },
  },
  institutionBeds: {
    label: '养老机构床位',
    unit: '张',
    statistics: ['养老机构床位数'],
    reported: ['institutionBeds'],
    capacity: { kind: 'beds', scope: 'institution' },
  },
  institutionNursingBeds: {
    label: '养老机构护理型床位',
    unit: '张',
    statistics: ['养老机构护理型床位数', '护理型床位数'],
    reported: ['institutionNursingBeds'],
    capacity: { kind: 'nursingBeds', scope: 'institution' },
  },
  residents: people('常住人口', 'resident'),
  aged60: people('60岁及以上人口', 'residentAged60', 'registeredAged60'),
  residentAged60: people('60岁及以上常住人口', 'residentAged60'),
  residentAged65: people('65岁及以上常住人口', 'residentAged65'),
  residentAged0to14: people('0—14岁常住人口', 'residentAged0to14'),
  lotteryForElderlyCare: {
    label: '福彩公益金用于养老服务',
    unit: '元',
    statistics: ['福利彩票公益金用于养老服务金额'],
    reported: ['lotteryForElderlyCare'],
  },
  lotteryFund: {
    label: '福彩公益金（方案规定的口径）',
    unit: '元',
    statistics: ['福利彩票公益金总额'],
    reported: ['lotteryFund'],
  },
  totalInvestment: money('总投资', 'totalInvestment'),
  completedInvestment: money('累计完成投资', 'completedInvestment'),
  completedInYear: money('当年完成投资', 'completedInYear'),
  plannedForYear: money('当年计划投资', 'plannedForYear'),
  allocated: money('下达资金', 'allocated'),
  disbursed: money('拨付资金', 'disbursed'),
  received: money('到位资金', 'received'),
  receivedFiscal: money('到位财政资金', 'receivedFiscal'),
  paid: money('支付资金', 'paid'),
  projectsDueToStart: projects('应开工项目', 'dueToStart'),
  projectsStarted: projects('应开工项目中已开工', 'startedOfDue'),
  projectsDueInUse: projects('应投用项目', 'dueInUse'),
  projectsInUse: projects('应投用项目中已投用', 'inUseOfDue'),
} as const satisfies Record<string, Quantity>;
export type QuantityId = keyof typeof QUANTITIES;

export const quantity = (id: QuantityId): Quantity => QUANTITIES[id];
