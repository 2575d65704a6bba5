import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import { printYuan } from '#libs/kernel/money.js';
import { EVENT_LABELS } from '#libs/projects/domain/event-labels.js';
import type { FundingPlanLine, ProjectEvent, ProjectEventType } from '#libs/projects/domain/events.js';
import {
  APPROVAL_MODES,
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  FUND_STAGES,
  LOTTERY_PURPOSES,
  PROJECT_CATEGORIES,
  READINESS_CONDITIONS,
} from '#libs/projects/domain/vocabulary.js';
import { DETAIL_LABELS } from './detail-labels.js';

type DataOf<T extends ProjectEventType> = Extract<ProjectEvent, { type: T }>['data'];
type Sentences = { readonly [T in ProjectEventType]: (data: DataOf<T>) => string };

const yuan = (fen: string) => `${printYuan(BigInt(fen))} 元`;
const sourceName = ({ source, level }: Pick<FundingPlanLine, 'source' | 'level'>) =>
  `${level === undefined ? '' : FUNDING_LEVELS[level]}${FUNDING_SOURCES[source]}`;

const KIND_NAMES: Record<CapacityKind, string> = {
  beds: '养老床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};
const capacity = (counts: { [K in CapacityKind]?: number }) =>
  CAPACITY_KINDS.filter((kind) => counts[kind] !== undefined)
    .map((kind) => `${KIND_NAMES[kind]} ${counts[kind]} 个`)
    .join('、') || '未记录规模';

const earmarks = ({
  lotteryPurpose,
  repaymentPlan,
}: Pick<FundingPlanLine, 'lotteryPurpose' | 'repaymentPlan'>) =>
  [
    lotteryPurpose ? `，用于${LOTTERY_PURPOSES[lotteryPurpose]}` : '',
    repaymentPlan ? `，还本付息计划 ${repaymentPlan.documentNumber}（${repaymentPlan.maturity} 到期）` : '',
  ].join('');
const fund = (verb: string, data: DataOf<'FundsApplied' | 'FundsPaid'>) =>
  `${verb}${sourceName(data)} ${yuan(data.amountFen)}（${data.budgetYear} 年度）`;
const plan = (lines: readonly FundingPlanLine[]) =>
  lines.map((line) => `${sourceName(line)} ${yuan(line.amountFen)}${earmarks(line)}`).join('，') || '无';

const SENTENCES: Sentences = {
  ProjectEnteredPool: ({ details, list }) =>
    `${PROJECT_CATEGORIES[details.category]}项目“${details.name}”入库${list ? `，见《${list.title}》` : ''}`,
  ProjectDetailsRevised: ({ before, after }) => {
    const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
    return `调整${[...fields].map((field) => DETAIL_LABELS[field as keyof typeof DETAIL_LABELS]).join('、')}`;
  },
  ProjectCodeAssigned: ({ code }) => `项目代码 ${code}`,
  ProjectListedForYear: ({ year, listTitle }) => `列入 ${year} 年度《${listTitle}》`,
  ProjectDelisted: ({ year, reason }) => `移出 ${year} 年度清单：${reason}`,
  ProjectEnteredNationalLibrary: ({ libraryNumber }) =>
    `进入国家重大建设项目库${libraryNumber ? `，编号 ${libraryNumber}` : ''}`,
  ReadinessConditionMet: ({ condition, note }) =>
    `${READINESS_CONDITIONS[condition]}条件落实${note ? `：${note}` : ''}`,
  ReadinessConditionLapsed: ({ condition, reason }) =>
    `${READINESS_CONDITIONS[condition]}条件失效：${reason}`,
  ProjectApproved: (d) =>
    `${APPROVAL_MODES[d.mode]}通过，${d.authority}，${d.documentNumber}，批复总投资 ${yuan(d.approvedTotalFen)}`,
  ApprovalRevoked: (d) => `${d.authority}撤销 ${d.documentNumber}：${d.reason}`,
  EstimateApproved: (d) => `概算核定 ${yuan(d.estimateFen)}，${d.documentNumber}`,
  EstimateAdjusted: (d) => `概算由 ${yuan(d.previousFen)} 调整为 ${yuan(d.estimateFen)}，${d.documentNumber}`,
  FundingPlanned: ({ lines }) => `资金来源：${plan(lines)}`,
  FundingPlanRevised: ({ lines, reason }) => `资金来源调整为：${plan(lines)}（${reason}）`,
  FundsApplied: (d) => `${fund('申请', d)}，${d.documentNumber}`,
  FundsAllocated: (d) => `${fund('下达', d)}，${d.documentNumber}${earmarks(d)}`,
  FundsDisbursed: (d) => `${fund('拨付', d)}，${d.documentNumber}`,
  FundsReceived: (d) =>
    `${sourceName(d)}到位 ${yuan(d.amountFen)}（${d.budgetYear} 年度），${d.documentNumber}`,
  FundsPaid: (d) => `${fund('支付', d)}给${d.payee}，用于${d.purpose}`,
  FundsCarriedForward: (d) =>
    `${sourceName(d)} ${yuan(d.amountFen)} 由 ${d.budgetYear} 年度结转 ${d.toYear} 年度（${FUND_STAGES[d.stage]}环节）`,
  FundsReallocatedOut: (d) =>
    `${fund('调出', d)}给另一项目（${FUND_STAGES[d.stage]}环节），${d.documentNumber}：${d.reason}`,
  FundsReallocatedIn: (d) =>
    `${fund('调入', d)}，来自另一项目（${FUND_STAGES[d.stage]}环节），${d.documentNumber}：${d.reason}`,
  FundsReturned: (d) => `${fund('上缴结余', d)}，${d.documentNumber}：${d.reason}`,
  EntryDeclined: ({ entryType, reason }) => `“${EVENT_LABELS[entryType]}”未能登记，已撤回：${reason}`,
  FundsRecovered: (d) => `${fund('收回', d)}：${d.reason}`,
  BudgetYearClosed: ({ year }) => `${year} 年度关账`,
  ConstructionStarted: () => '项目开工',
  ProgressReported: (d) =>
    `${d.month} 完成投资 ${yuan(d.completedFen)}${d.physicalPercent ? `，形象进度 ${d.physicalPercent}%` : ''}`,
  ConstructionSuspended: ({ reason }) => `暂停建设：${reason}`,
  ConstructionResumed: () => '恢复建设',
  CompletionAccepted: (d) => `竣工验收，${capacity(d.capacity)}，${d.documentNumber}`,
  AcceptanceExempted: (d) => `${d.authority}同意免予竣工验收，${d.documentNumber}`,
  ProjectCommissioned: (d) => `投入使用，${capacity(d.capacity)}`,
  CapacityChanged: (d) => `在用规模由${capacity(d.before)}变为${capacity(d.after)}：${d.reason}`,
  ProjectDecommissioned: (d) => `停用，${capacity(d.capacity)}：${d.reason}`,
  FinalAccountApproved: (d) => `竣工决算 ${yuan(d.finalFen)}，${d.documentNumber}`,
  ProjectEvaluated: (d) => `后评价：${d.conclusion}`,
  ProjectWithdrawn: ({ reason }) => `项目终止（调出）：${reason}`,
  EntryReversed: ({ reversed, reason }) =>
    `冲销“${EVENT_LABELS[reversed.type as ProjectEventType]}”（${reversed.effectiveDate}）：${reason}`,
};

/** One line in Chinese on what the event says; money in 元. */
export function summaryOf(event: ProjectEvent): string {
  const sentence = SENTENCES[event.type] as (data: ProjectEvent['data']) => string;
  return sentence(event.data);
}
