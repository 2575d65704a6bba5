import type { ActualCapacity, BedScope, PlannedCapacity } from '#libs/kernel/capacity.js';
import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type {
  ApprovalMode,
  ConstructionNature,
  FundingSource,
  ProjectCategory,
  ProjectStage,
  ReadinessCondition,
} from '#libs/projects/domain/vocabulary.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled, RegionSet } from '../views.js';
import { registerProjection } from './projection.js';
import type { ListEntry } from './registered-project.js';

/** A project as the register shows it, now or as of a day. What nobody printed is null or an absent key, never zero. */
export interface ProjectRow {
  id: string;
  name: string;
  code: string | null;
  category: Labelled<ProjectCategory>;
  stage: Labelled<ProjectStage>;
  regions: RegionSet;
  place: string;
  scope: string | null;
  implementingUnits: string[];
  constructionNature: Labelled<ConstructionNature> | null;
  plannedStart: PartialDate | null;
  plannedUse: PartialDate | null;
  totalInvestment: MoneyView | null;
  /** Planned amount of 自筹资金; null while there is no funding plan. */
  selfRaised: MoneyView | null;
  /** 来源未列: total − Σ planned sources; null where the total is unknown. Negative where the plan exceeds the total. */
  unsourced: MoneyView | null;
  plannedCapacity: PlannedCapacity;
  bedScope: BedScope | null;
  capacityInUse: ActualCapacity;
  lists: ListEntry[];
}

export interface ConditionState {
  condition: ReadinessCondition;
  label: string;
  met: boolean;
  /** Effective date from which it is met, or has lapsed; null while it was never met. */
  since: PartialDate | null;
  /** The last note it was met with, or the reason why it lapsed. */
  note: string | null;
}

export interface ProjectDetail extends ProjectRow {
  /** In the order siting, land, approval, funds. */
  conditions: ConditionState[];
  enteredPool: PartialDate;
  approval: {
    mode: Labelled<ApprovalMode>;
    documentNumber: string;
    authority: string;
    date: PartialDate;
    approvedTotal: MoneyView;
  } | null;
  estimate: MoneyView | null;
  finalAccount: MoneyView | null;
  nationalLibraryNumber: string | null;
  inNationalLibrary: boolean;
  /** Planned amount by source, all years and levels. */
  fundingPlan: { source: Labelled<FundingSource>; amount: MoneyView }[];
  startedOn: PartialDate | null;
  acceptedOn: PartialDate | null;
  acceptedCapacity: ActualCapacity | null;
  commissionedOn: PartialDate | null;
}

export interface ProjectFilter extends AsOf {
  /** The division or anything inside it; a project that stands in several is found by each, once. */
  region?: RegionCode;
  category?: ProjectCategory;
  stage?: ProjectStage;
  /** Year of 投入使用时间 as planned. */
  plannedUseYear?: number;
  /** On the annual list of this year. */
  listedYear?: number;
  /** Words in name, place, county (former name too), implementing units or code; all of them must be found. */
  q?: string;
  /** Has a planned amount of this source. */
  source?: FundingSource;
}

/** Projects in the order they entered the register. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable` */
export class ListProjectsQuery extends ReadModelQuery<Page<ProjectRow>> {
  constructor(readonly params: ProjectFilter & PageRequest) {
    super(registerProjection);
  }
}

/** What a window of the register can be sorted by; equals stand in the order they entered. */
export const PROJECT_SORTS = {
  entered: '录入顺序',
  name: '项目名称',
  code: '项目代码',
  category: '项目类型',
  stage: '状态',
  place: '实施地点',
  plannedUse: '投入使用时间',
  totalInvestment: '总投资',
  selfRaised: '自筹资金',
  unsourced: '来源未列',
} as const;
export type ProjectSort = keyof typeof PROJECT_SORTS;

/** Any stretch of the register, for a table that is scrolled: unlike a page, it moves when projects are added. */
export interface ProjectWindow {
  /** All that the filter lets through. */
  total: number;
  offset: number;
  items: ProjectRow[];
}

/** Unknown values stand last in either direction. @throws Refusal `paging.badLimit`, `asOf.unreadable` */
export class ProjectWindowQuery extends ReadModelQuery<ProjectWindow> {
  constructor(
    readonly params: ProjectFilter & {
      offset: number;
      limit: number;
      sort: ProjectSort;
      descending: boolean;
    },
  ) {
    super(registerProjection);
  }
}

export const PROJECT_GROUPS = {
  none: '只有合计',
  category: '项目类型',
  stage: '状态',
  plannedUseYear: '投入使用年份',
  region: '所在县',
} as const;
export type ProjectGroup = keyof typeof PROJECT_GROUPS;

export interface ProjectSums {
  projects: number;
  totalInvestment: MoneyView;
  /** Projects whose total investment is unknown, and so not in the sum. */
  unknownTotals: number;
  selfRaised: MoneyView;
  /** 来源未列 of the projects whose total is known. */
  unsourced: MoneyView;
}

export interface ProjectTotals {
  /** `key` is null for projects without a planned year of use. */
  groups: (ProjectSums & { key: string | null; label: string })[];
  total: ProjectSums;
}

/** Sums over the projects that the filter lets through; a project in several counties is a group with its own label. */
export class ProjectTotalsQuery extends ReadModelQuery<ProjectTotals> {
  constructor(readonly params: ProjectFilter & { groupBy: ProjectGroup }) {
    super(registerProjection);
  }
}

/** Divisions that projects stand in, with those that contain them, in the order of their codes. */
export class RegionsInUseQuery extends ReadModelQuery<{ items: { code: RegionCode; name: string }[] }> {
  constructor() {
    super(registerProjection);
  }
}

/** One project; null where there is none of this id, or had not entered by then. @throws Refusal `asOf.unreadable` */
export class ProjectQuery extends ReadModelQuery<ProjectDetail | null> {
  constructor(
    readonly projectId: string,
    readonly asOf: AsOf,
  ) {
    super(registerProjection);
  }
}

export interface PoolEntry {
  project: ProjectRow;
  enteredPool: PartialDate;
  /** In the order siting, land, approval, funds. */
  conditions: ConditionState[];
  /** The conditions that are not met: what blocks the project. Empty: it is ready for the annual list. */
  blockedBy: ConditionState[];
}

/** The reserve pool 储备库: projects not yet started and not withdrawn, in the order they entered. */
export class PoolQuery extends ReadModelQuery<Page<PoolEntry>> {
  constructor(
    readonly params: AsOf & {
      region?: RegionCode;
      category?: ProjectCategory;
      /** true: only those that nothing blocks; false: only those that something blocks. */
      ready?: boolean;
    } & PageRequest,
  ) {
    super(registerProjection);
  }
}

export interface AnnualList {
  year: number;
  /** By sequence in the list, then by entry into the register. */
  items: (ProjectRow & { listTitle: string; sequence: number | null })[];
  /** Each project once, wherever it stands. */
  totals: {
    projects: number;
    totalInvestment: MoneyView;
    /** Projects whose total investment is unknown, and so not in the sum. */
    unknownTotals: number;
    selfRaised: MoneyView;
  };
}

/** The annual major-project list of a year, without the delisted. @throws Refusal `register.tooManyRows` above 5,000 */
export class AnnualListQuery extends ReadModelQuery<AnnualList> {
  constructor(readonly params: AsOf & { region?: RegionCode; year: number }) {
    super(registerProjection);
  }
}

/** What the importer compares a row of a list with, to find the project it means. */
export interface ProjectIdentity {
  projectId: string;
  name: string;
  place: string;
  regions: RegionCode[];
  implementingUnits: string[];
  code?: string;
  category: ProjectCategory;
  plannedUse?: PartialDate;
  lists: { title: string; sequence?: number }[];
}

/** All projects that stand in the region or inside it (withdrawn ones included), in the order they entered. */
export class ProjectIdentitiesQuery extends ReadModelQuery<ProjectIdentity[]> {
  constructor(readonly region: RegionCode) {
    super(registerProjection);
  }
}
