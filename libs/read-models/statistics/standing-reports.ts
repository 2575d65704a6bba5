import type { DataSource } from 'typeorm';
import { chinaDay } from '#libs/kernel/partial-date.js';
import type { ReportStatus } from '#libs/statistics/domain/decider.js';
import type { Duty, ReportedFigure } from '#libs/statistics/domain/events.js';

export interface StandingReport {
  region: string;
  period: string;
  deadline: string;
  duty: Duty;
  status: ReportStatus;
  /** Days on which it was submitted, in order. */
  submittedOn: string[];
  submission: { id: string; position: string; figures: readonly ReportedFigure[] } | undefined;
  returnReason: string | undefined;
}

export interface Explanation {
  figure: string;
  explanation: string;
  eventId: string;
}

interface PeriodRow {
  region: string;
  period: string;
  deadline: string;
  duties: Duty[];
}

interface StepRow {
  region: string;
  period: string;
  position: string;
  unit: string | null;
  kind: string;
  event_id: string;
  known_at: Date;
  data: { figures?: ReportedFigure[]; reason?: string; figure?: string; explanation?: string };
}

/** $1 prefix of the region, $2 period, $3 the instant at which the day is over. */
const SCOPE = `starts_with(region, $1) and ($2::text is null or period = $2) and known_at < $3::timestamptz`;
const PERIODS = `
  select region, period, deadline::text, duties from read.statistics_period where ${SCOPE} order by region, period`;
const STEPS = `
  select region, period, position, unit, kind, event_id, known_at, data
  from read.statistics_step where ${SCOPE} order by position`;

/** Folds the steps until the end of a day of China. */
export async function standingReports(
  database: DataSource,
  scope: { prefix: string; period: string | undefined; onDay: string },
): Promise<{ reports: StandingReport[]; explanations: Explanation[] }> {
  const values = [scope.prefix, scope.period ?? null, endOf(scope.onDay)];
  const periods = await database.query<PeriodRow[]>(PERIODS, values);
  const steps = await database.query<StepRow[]>(STEPS, values);
  const reports = new Map<string, StandingReport>();
  for (const { duties, ...row } of periods) {
    for (const duty of duties) {
      const report: StandingReport = {
        ...row,
        duty,
        status: 'due',
        submittedOn: [],
        submission: undefined,
        returnReason: undefined,
      };
      reports.set(keyOf(row.region, row.period, duty.unit), report);
    }
  }
  const explanations: Explanation[] = [];
  for (const step of steps) {
    if (step.unit === null) {
      const { figure = '', explanation = '' } = step.data;
      explanations.push({ figure, explanation, eventId: step.event_id });
      continue;
    }
    const report = reports.get(keyOf(step.region, step.period, step.unit));
    if (report) advance(report, step);
  }
  return { reports: [...reports.values()], explanations };
}

function advance(report: StandingReport, { kind, event_id, position, known_at, data }: StepRow): void {
  report.returnReason = undefined;
  if (kind === 'StatisticsSubmitted') {
    report.status = 'submitted';
    report.submission = { id: event_id, position, figures: data.figures ?? [] };
    report.submittedOn.push(chinaDay(known_at));
  } else if (kind === 'StatisticsChecked') {
    report.status = 'checked';
  } else {
    report.status = 'returned';
    report.returnReason = data.reason;
  }
}

const keyOf = (...words: string[]): string => words.join('\u0000');
const endOf = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString();
