import { grouped } from '#libs/kernel/grouped.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { ReportedFigure } from '#libs/statistics/domain/events.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { asOfParameters } from '../as-of.js';
import type { Queryable } from '../queryable.js';
import type { AsOf } from '../views.js';

/** A figure that a unit reported for a year, as it stood. */
export interface AnnualFigure {
  region: RegionCode;
  year: number;
  figure: FigureKey;
  /** Whole number in the figure's unit, fen for money; null: the unit does not know. */
  value: string | null;
  reportedBy: string;
  source: string;
  documentNumber: string | null;
  submission: string;
  /** Event of the check by another person; null: submitted, and not checked. */
  check: string | null;
}

interface StepRow {
  region: RegionCode;
  year: number;
  unit: string;
  kind: string;
  eventId: string;
  data: { figures?: ReportedFigure[] };
}

/** A year's report speaks of its 31 December: it is effective from that day. Shorter periods are no stock of a year. */
const STEPS = `
  select region, period::integer as year, unit, kind, event_id as "eventId", data
  from read.statistics_step
  where region = any($3::text[]) and period ~ '^\\d{4}$' and unit is not null
    and ($1::timestamptz is null or known_at <= $1)
    and ($2::date is null or period || '-12-31' <= $2::date::text)
  order by position`;

/** What stands reported about these divisions, checked or not; what was given back does not stand. */
export async function annualFigures(
  database: Queryable,
  regions: readonly RegionCode[],
  asOf: AsOf,
): Promise<AnnualFigure[]> {
  const steps = await database.query<StepRow[]>(STEPS, [...asOfParameters(asOf), regions]);
  const reports = grouped(steps, ({ region, year, unit }) => `${region} ${year} ${unit}`);
  return [...reports.values()].flatMap((report) => {
    const submitted = report.findLast(({ kind }) => kind === 'StatisticsSubmitted');
    const last = report.at(-1)!;
    if (!submitted || last.kind === 'StatisticsReturned') return [];
    const { region, year, unit: reportedBy, eventId: submission, data } = submitted;
    const check = last.kind === 'StatisticsChecked' ? last.eventId : null;
    return data.figures!.map(({ figure, value, source, documentNumber = null }) => ({
      ...{ region, year, figure, value, reportedBy, source, documentNumber, submission, check },
    }));
  });
}
