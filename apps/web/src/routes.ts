import type { RouteRecordRaw } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Title of the page; in the navigation too where `inNavigation`. */
    title: string;
    inNavigation?: boolean;
    /** What it is called beside the pages under it; left out: its title. */
    tab?: string;
    /** The page of the navigation that this one stands under. */
    under?: string;
    /** Why the two days of the view have no effect on it; left out: they have. */
    ofNow?: string;
  }
}

/** Every page, loaded when it is opened. The server answers with the page for these addresses only: see pages.ts there. */
export const ROUTES: readonly RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('./pages/overview/OverviewPage.vue'),
    meta: { title: '总览', inNavigation: true },
  },
  {
    path: '/projects',
    component: () => import('./pages/projects/ProjectsPage.vue'),
    meta: { title: '项目库与清单', inNavigation: true },
  },
  {
    path: '/projects/:projectId',
    component: () => import('./pages/project/ProjectPage.vue'),
    meta: { title: '项目' },
  },
  {
    path: '/ledger',
    component: () => import('./pages/ledger/LedgerPage.vue'),
    meta: { title: '投资台账', inNavigation: true },
  },
  {
    path: '/journal',
    component: () => import('./pages/ledger/LedgerEntriesPage.vue'),
    meta: { title: '台账分录', under: '/ledger' },
  },
  {
    path: '/capacity',
    component: () => import('./pages/capacity/CapacityEntriesPage.vue'),
    meta: { title: '床位和托位分录' },
  },
  {
    path: '/imports',
    component: () => import('./pages/imports/ImportPage.vue'),
    meta: { title: '导入', inNavigation: true, ofNow: '导入总是对现在的台账' },
  },
  {
    path: '/imports/:importId',
    component: () => import('./pages/imports/PastImportPage.vue'),
    meta: { title: '导入记录', ofNow: '导入记录是导入当时的结果' },
  },
  {
    path: '/findings',
    component: () => import('./pages/findings/FindingsPage.vue'),
    meta: { title: '疑点', inNavigation: true },
  },
  {
    path: '/findings/:findingId',
    component: () => import('./pages/findings/FindingPage.vue'),
    meta: { title: '疑点办理' },
  },
  {
    path: '/rules/:ruleId?',
    component: () => import('./pages/findings/RulePage.vue'),
    meta: { title: '疑点规则', under: '/findings', ofNow: '规则写明各自从哪天起施行' },
  },
  {
    path: '/trace',
    component: () => import('./pages/trace/PlanDocumentsPage.vue'),
    meta: { title: '资金穿透', inNavigation: true },
  },
  {
    path: '/trace/plan-documents/:documentId',
    component: () => import('./pages/trace/PlanDocumentPage.vue'),
    meta: { title: '投资计划' },
  },
  {
    path: '/trace/payments/:eventId',
    component: () => import('./pages/trace/PaymentPage.vue'),
    meta: { title: '支付来路' },
  },
  {
    path: '/ageing',
    component: () => import('./pages/trace/AgeingPage.vue'),
    meta: { title: '账龄', inNavigation: true },
  },
  {
    path: '/ageing/lots',
    component: () => import('./pages/trace/IdleLotsPage.vue'),
    meta: { title: '停留的资金' },
  },
  {
    path: '/reconciliations',
    component: () => import('./pages/reconciliations/ReconciliationsPage.vue'),
    meta: { title: '对账', inNavigation: true },
  },
  {
    path: '/reconciliations/:reconciliationId',
    component: () => import('./pages/reconciliations/ReconciliationPage.vue'),
    meta: { title: '对账记录' },
  },
  {
    path: '/plans',
    component: () => import('./pages/plans/PlansPage.vue'),
    meta: { title: '方案与指标', inNavigation: true, tab: '方案' },
  },
  {
    path: '/indicators',
    component: () => import('./pages/plans/IndicatorsPage.vue'),
    meta: { title: '指标', under: '/plans' },
  },
  {
    path: '/counties',
    component: () => import('./pages/counties/CountiesPage.vue'),
    meta: { title: '县区比较', under: '/plans' },
  },
  {
    path: '/plans/import',
    component: () => import('./pages/plans/PlanImportPage.vue'),
    meta: { title: '导入方案', under: '/plans', ofNow: '导入总是对现在登记的方案' },
  },
  {
    path: '/plans/:planId',
    component: () => import('./pages/plans/PlanPage.vue'),
    meta: { title: '方案' },
  },
  {
    path: '/plans/:planId/trajectory',
    component: () => import('./pages/plans/TrajectoryPage.vue'),
    meta: { title: '到目标的路径' },
  },
  {
    path: '/evaluations',
    component: () => import('./pages/evaluations/EvaluationsPage.vue'),
    meta: { title: '年度评估', inNavigation: true, tab: '封存的评估', ofNow: '封存的评估不再变化' },
  },
  {
    path: '/evaluations/sheet',
    component: () => import('./pages/evaluations/SheetPage.vue'),
    meta: { title: '能力评价', under: '/evaluations' },
  },
  {
    path: '/evaluations/:evaluationId',
    component: () => import('./pages/evaluations/EvaluationPage.vue'),
    meta: { title: '年度评估', ofNow: '封存的评估不再变化' },
  },
  {
    path: '/circulars',
    component: () => import('./pages/circulars/CircularsPage.vue'),
    meta: { title: '通报', inNavigation: true, ofNow: '印发的通报不再变化' },
  },
  {
    path: '/circulars/drafts/:region/:period',
    component: () => import('./pages/circulars/CircularDraftPage.vue'),
    meta: { title: '通报草稿', ofNow: '草稿取现在的数' },
  },
  {
    path: '/circulars/:circularId',
    component: () => import('./pages/circulars/CircularPage.vue'),
    meta: { title: '通报', ofNow: '印发的通报不再变化' },
  },
  {
    path: '/statistics',
    component: () => import('./pages/statistics/StatisticsPage.vue'),
    meta: { title: '统计上报', inNavigation: true },
  },
  {
    path: '/statistics/:region/:period',
    component: () => import('./pages/statistics/StatisticsPeriodPage.vue'),
    meta: { title: '一期统计上报' },
  },
];
