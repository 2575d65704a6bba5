import type { ClientBase } from 'pg';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { CheckedFigure, RegionYear } from '#libs/findings/domain/region-year.js';
import {
  partsOfId,
  type RecordedStatisticsEvent,
  type ReportedFigure,
} from '#libs/statistics/domain/events.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import { readPeriod } from '#libs/statistics/domain/period.js';

interface Report {
  submission: string;
  figures: readonly ReportedFigure[];
  /** Event of the check; null: submitted, or given back. */
  check: string | null;
}

export interface ShelvedYear {
  region: RegionCode;
  year: number;
  state: {
    /** By unit, those that submitted. */
    reports: Record<string, Report>;
    explanations: { figure: string; explanation: string; eventId: string }[];
  };
}

const OF_REGIONS = 'select region, year, state from finding_statistics where region = any($1::text[])';
const IN_REGION = 'select distinct region from finding_statistics where starts_with(region, $1)';
const WRITE = `
  insert into finding_statistics (region, year, state)
  select * from unnest($1::text[], $2::integer[], $3::jsonb[])
  on conflict (region, year) do update set state = excluded.state`;

/** The year that an event's report is of; undefined of shorter periods, whose stocks are not those of 31 December. */
export function yearOfReport({ streamId }: RecordedStatisticsEvent): number | undefined {
  const period = readPeriod(partsOfId(streamId).period);
  return period?.kind === 'year' ? period.year : undefined;
}

/** Annual statistics of the regions that a batch is about, as they stand event by event. */
export class StatisticsShelf {
  readonly years = new Map<string, ShelvedYear>();
  private readonly changed = new Set<ShelvedYear>();

  private constructor(private readonly client: ClientBase) {}

  static async open(client: ClientBase, regions: readonly RegionCode[]): Promise<StatisticsShelf> {
    const shelf = new StatisticsShelf(client);
    const { rows } = await client.query<ShelvedYear>(OF_REGIONS, [regions]);
    for (const row of rows) shelf.years.set(`${row.region}-${row.year}`, row);
    return shelf;
  }

  /** The divisions inside one that have annual statistics. */
  static async regionsWithStatistics(client: ClientBase, prefix: string): Promise<RegionCode[]> {
    const { rows } = await client.query<{ region: string }>(IN_REGION, [prefix]);
    return rows.map(({ region }) => region);
  }

  take(event: RecordedStatisticsEvent, year: number): ShelvedYear {
    const { region } = partsOfId(event.streamId);
    const key = `${region}-${year}`;
    const shelved = this.years.get(key) ?? { region, year, state: { reports: {}, explanations: [] } };
    this.years.set(key, shelved);
    this.changed.add(shelved);
    const { reports, explanations } = shelved.state;
    const { id, type, data } = event;
    if (type === 'StatisticsSubmitted') {
      reports[data.unit] = { submission: id, figures: data.figures, check: null };
    } else if (type === 'StatisticsChecked') {
      reports[data.unit]!.check = id;
    } else if (type === 'StatisticsReturned') {
      reports[data.unit]!.check = null;
    } else if (type === 'DifferenceExplained') {
      explanations.push({ ...data, eventId: id });
    }
    return shelved;
  }

  async write(): Promise<void> {
    const rows = [...this.changed];
    if (rows.length === 0) return;
    await this.client.query(WRITE, [
      rows.map(({ region }) => region),
      rows.map(({ year }) => year),
      rows.map(({ state }) => JSON.stringify(state)),
    ]);
  }
}

export function checkedOf({ state }: ShelvedYear): RegionYear['checked'] {
  const checked = new Map<FigureKey, CheckedFigure>();
  for (const [reportedBy, { submission, check, figures }] of Object.entries(state.reports)) {
    if (check === null) continue;
    for (const { figure, value } of figures) checked.set(figure, { value, reportedBy, submission, check });
  }
  return checked;
}
