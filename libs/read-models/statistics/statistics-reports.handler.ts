import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { regionName, regionPrefix } from '#libs/kernel/regions.js';
import { REPORT_STATUSES } from '#libs/statistics/domain/decider.js';
import { FIGURES } from '#libs/statistics/domain/figures.js';
import { labelled } from '../views.js';
import { StatisticsReportsQuery, type StatisticsReport } from './queries.js';
import { standingReports, type StandingReport } from './standing-reports.js';

@QueryHandler(StatisticsReportsQuery)
export class StatisticsReportsHandler implements IQueryHandler<StatisticsReportsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({
    params: { region, period, only, onDay = chinaDay(new Date()) },
  }: StatisticsReportsQuery): Promise<{ onDay: string; items: StatisticsReport[] }> {
    const prefix = region === undefined ? '' : regionPrefix(region);
    const { reports } = await standingReports(this.database, { prefix, period, onDay });
    const items = reports.map((report) => viewOf(report, onDay));
    return { onDay, items: only ? items.filter((item) => item[only]) : items };
  }
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
