import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { regionName, regionPrefix } from '#libs/kernel/regions.js';
import { REPORT_STATUSES, type ReportStatus } from '#libs/statistics/domain/decider.js';
import { FIGURES } from '#libs/statistics/domain/figures.js';
import { checkedLimit, pageOf, readCursor } from '../paging.js';
import { labelled } from '../views.js';
import {
  StatisticsReportsQuery,
  type ReportCounts,
  type StatisticsReport,
  type StatisticsReports,
} from './queries.js';
import { standingReports, type StandingReport } from './standing-reports.js';

@QueryHandler(StatisticsReportsQuery)
export class StatisticsReportsHandler implements IQueryHandler<StatisticsReportsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({
    params: { region, period, only, onDay = chinaDay(new Date()), cursor, limit },
  }: StatisticsReportsQuery): Promise<StatisticsReports> {
    checkedLimit(limit);
    const prefix = region === undefined ? '' : regionPrefix(region);
    const { reports } = await standingReports(this.database, { prefix, period, onDay });
    const views = reports.map((report) => viewOf(report, onDay));
    const wanted = (report: StatisticsReport) => only === undefined || report[only];
    // Reports never go: the place behind one stays, whether or not it is among those asked for any more.
    const behind = views.slice(placeBehind(views, cursor)).filter(wanted);
    return { onDay, counts: countsOf(views.filter(wanted)), ...pageOf(LIST, behind, limit, keyOf) };
  }
}

const LIST = 'statistics-reports';
const keyOf = ({ region, period, unit }: StatisticsReport): [string, string, string] => [
  region.key,
  period,
  unit,
];

function placeBehind(reports: readonly StatisticsReport[], cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const key = readCursor(LIST, cursor, [/^\d{6}$/u, /^[\w-]+$/u, /^.+$/su]).join();
  return reports.findIndex((report) => keyOf(report).join() === key) + 1;
}

function countsOf(reports: readonly StatisticsReport[]): ReportCounts {
  const count = (is: (report: StatisticsReport) => boolean) => reports.filter(is).length;
  const standing = (key: ReportStatus) => count(({ status }) => status.key === key);
  return {
    due: standing('due'),
    submitted: standing('submitted'),
    returned: standing('returned'),
    checked: standing('checked'),
    late: count(({ late }) => late),
    missing: count(({ missing }) => missing),
  };
}

function viewOf(report: StandingReport, onDay: string): StatisticsReport {
  const { region, period, deadline, duty, status, submittedOn, submission, returnReason } = report;
  const [first] = submittedOn;
  return {
    region: { key: region, label: regionName(region) },
    period,
    unit: duty.unit,
    figures: duty.figures.map((figure) => ({ key: figure, label: FIGURES[figure].label })),
    deadline,
    status: labelled(REPORT_STATUSES, status),
    late: first !== undefined && first > deadline,
    missing: onDay > deadline && (status === 'due' || status === 'returned'),
    firstSubmittedOn: first ?? null,
    lastSubmittedOn: submittedOn.at(-1) ?? null,
    submissionId: submission?.id ?? null,
    returnReason: returnReason ?? null,
  };
}
