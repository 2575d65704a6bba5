import type { ClientBase } from 'pg';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { CheckedFigure, RegionYear } from '#libs/findings/domain/region-year.js';
import {
  partsOfId,
  type RecordedStatisticsEvent,
  type ReportedFigure,
  type StatisticsEvent,
} from '#libs/statistics/domain/events.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { readPeriod } from '#libs/statistics/domain/period.js';
import { asOfParameters } from '../as-of.js';
import { copyLine, copyRows } from '../copy.js';
import type { Reader } from '../one-state.js';
import type { AsOf } from '../views.js';
import { asOfFact, lastDayOf } from './judging.js';

interface Report {
  submission: string;
  figures: readonly ReportedFigure[];
  /** Event of the check; null: submitted, or given back. */
  check: string | null;
}

export interface ShelvedYear {
  region: RegionCode;
  year: number;
  /** By unit, those that submitted. */
  reports: Map<string, Report>;
  explanations: { figure: string; explanation: string; eventId: string }[];
  /** When the last step became known, ISO 8601. */
  knownAt: string;
}

type Step = StatisticsEvent & { id: string };

const COLUMNS = ['position', 'known_at', 'effective_to', 'region', 'year', 'step'] as const;
const OF_REGIONS = `
  select region, year, known_at, step from finding_statistics s
  where region = any($3::text[]) and ${asOfFact('s')} order by position`;
const IN_REGION = 'select distinct region from finding_statistics where starts_with(region, $1)';

/** The year that an event's report is of; undefined of shorter periods, whose stocks are not those of 31 December. */
export function yearOfReport({ streamId }: RecordedStatisticsEvent): number | undefined {
  const period = readPeriod(partsOfId(streamId).period);
  return period?.kind === 'year' ? period.year : undefined;
}

/** Annual statistics of the regions asked about, folded step by step. */
export class StatisticsShelf {
  readonly years = new Map<string, ShelvedYear>();
  private lines = '';

  private constructor() {}

  /** @param asOf what was known and effective then; default: all */
  static async open(
    reader: Reader,
    regions: readonly RegionCode[],
    asOf: AsOf = {},
  ): Promise<StatisticsShelf> {
    const shelf = new StatisticsShelf();
    const { rows } = await reader.query<{ region: string; year: number; known_at: Date; step: Step }>(
      OF_REGIONS,
      [...asOfParameters(asOf), regions],
    );
    for (const { region, year, known_at, step } of rows)
      shelf.add(region, year, step, known_at.toISOString());
    return shelf;
  }

  /** The divisions inside one that have annual statistics. */
  static async regionsWithStatistics(reader: Reader, prefix: string): Promise<RegionCode[]> {
    const { rows } = await reader.query<{ region: string }>(IN_REGION, [prefix]);
    return rows.map(({ region }) => region);
  }

  take(event: RecordedStatisticsEvent, year: number): ShelvedYear {
    const { id, streamId, position, envelope, type, data } = event;
    const { region } = partsOfId(streamId);
    const { recordedAt, effectiveDate } = envelope;
    const step = { id, type, data } as Step;
    const stamp = [position, recordedAt, lastDayOf(effectiveDate)];
    this.lines += copyLine([...stamp, region, year, JSON.stringify(step)]);
    return this.add(region, year, step, recordedAt);
  }

  async write(client: ClientBase): Promise<void> {
    await copyRows(client, 'finding_statistics', COLUMNS, this.lines);
    this.lines = '';
  }

  /** A check or a return speaks of one submission: of another, or of one that is not in effect yet, it says nothing. */
  private add(region: RegionCode, year: number, { id, type, data }: Step, knownAt: string): ShelvedYear {
    const key = `${region}-${year}`;
    const shelved: ShelvedYear = this.years.get(key) ?? {
      ...{ region, year, reports: new Map(), explanations: [], knownAt },
    };
    this.years.set(key, shelved);
    shelved.knownAt = knownAt;
    if (type === 'StatisticsSubmitted') {
      shelved.reports.set(data.unit, { submission: id, figures: data.figures, check: null });
    } else if (type === 'DifferenceExplained') {
      shelved.explanations.push({ ...data, eventId: id });
    } else if (type !== 'ReportingOpened') {
      const report = shelved.reports.get(data.unit);
      if (report?.submission === data.submission) report.check = type === 'StatisticsChecked' ? id : null;
    }
    return shelved;
  }
}

export function checkedOf({ reports }: ShelvedYear): RegionYear['checked'] {
  const checked = new Map<FigureKey, CheckedFigure>();
  for (const [reportedBy, { submission, check, figures }] of reports) {
    if (check === null) continue;
    for (const { figure, value } of figures) checked.set(figure, { value, reportedBy, submission, check });
  }
  return checked;
}
