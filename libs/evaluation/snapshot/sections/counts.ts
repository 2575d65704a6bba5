import { CAPACITY_KINDS } from '#libs/kernel/capacity.js';
import { asOfParameters } from '#libs/read-models/as-of.js';
import { scopeParameters } from '#libs/read-models/scope.js';
import { yearRows, type RawCount } from '#libs/read-models/yearly-counts/year-rows.js';
import {
  expectedKindsParameters,
  yearlyCountsSql,
} from '#libs/read-models/yearly-counts/yearly-counts-sql.js';
import { byKey, type Entry } from '../entry.js';
import { placeName } from './rates.js';
import { regionKey, type Section } from './section.js';

/** Years told: the one evaluated and the four before. */
const YEARS = 5;

/** Beds and places by year, planned beside actual, by where projects stand and in total. */
export const countsSection: Section = {
  name: 'counts',
  async *entries({ moment, region, year, day }) {
    const raw = await moment.query<RawCount[]>(yearlyCountsSql('region', true), [
      ...asOfParameters({ asEffectiveOn: day }),
      ...scopeParameters({ region }),
      ...expectedKindsParameters(),
    ]);
    const from = year - YEARS + 1;
    const groups = [...new Set(raw.map((row) => keyOf(row.group)))].flatMap((group) => {
      const rows = raw.filter((row) => keyOf(row.group) === group);
      return entriesOf(`region/${group}`, placeName(group), rows, from, year);
    });
    yield* groups.sort(byKey);
    yield* entriesOf('total', '合计', raw, from, year);
  },
};

const keyOf = (group: string): string => regionKey(group === '' ? [] : group.split(','));

function entriesOf(key: string, label: string, raw: readonly RawCount[], from: number, to: number): Entry[] {
  const entries = yearRows(raw, from, to).flatMap(({ year, counts }) =>
    CAPACITY_KINDS.map((kind): Entry => {
      const { planned, baseline: _, ...actual } = counts[kind];
      return {
        key: `${key}/${year ?? '-'}/${kind}`,
        label: `${label} ${year ?? '未列年份'} ${KIND_LABELS[kind]}`,
        figures: {
          plannedLow: planned.low,
          plannedHigh: planned.high,
          plannedUnknownProjects: planned.unknownProjects,
          plannedProjects: planned.projects,
          ...actual,
          // Sealed counts are of projects alone; what plans state stands in the section of plans.
          baseline: null,
        },
      };
    }),
  );
  return entries.sort(byKey);
}

const KIND_LABELS = {
  beds: '养老床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};
