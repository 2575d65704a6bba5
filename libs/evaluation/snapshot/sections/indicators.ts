import type { Json } from '#libs/kernel/json.js';
import { regionName, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { indicatorReport } from '#libs/read-models/indicators/indicators.handler.js';
import type { IndicatorAnswer, IndicatorPart } from '#libs/read-models/indicators/queries.js';
import { byKey, type Entry } from '../entry.js';
import type { Section } from './section.js';

/** Divisions inside the region that a project stands in or that a plan prints a figure about. */
const DIVISIONS = `
  select distinct region from (
    select unnest(regions) as region from read.register_project
    union all select region from read.plan_entry where area is null and region is not null) told
  where starts_with(region, $1)`;

/** Every indicator of the region and of each division inside it at the end of the year, with what it rests on. */
export const indicatorsSection: Section = {
  name: 'indicators',
  label: '指标',
  async *entries({ moment, region, year, day }) {
    const inside = await moment.query<{ region: RegionCode }[]>(DIVISIONS, [regionPrefix(region)]);
    const regions = [...new Set([region, ...inside.map((row) => row.region)])];
    const { answers } = await indicatorReport({
      database: moment,
      regions,
      years: [year],
      asOf: { asEffectiveOn: day },
    });
    const entries = answers.flatMap((answer) =>
      answer.items.map((item) => entryOf(answer.region.code, item)),
    );
    yield* entries.sort(byKey);
  },
};

function entryOf(region: RegionCode, answer: IndicatorAnswer): Entry {
  const { indicator, value, why, numerator, denominator } = answer;
  return {
    key: `${region}/${indicator.id}`,
    label: `${regionName(region)} ${indicator.name}`,
    figures: {
      definition: indicator.version,
      unit: indicator.unit,
      printed: value?.printed ?? null,
      low: value?.low ?? null,
      high: value?.high ?? null,
      why,
      numerator: partOf(numerator),
      denominator: denominator && partOf(denominator),
    },
  };
}

/** The events behind it are those of the projects, which stand in the ledger: here their number and their digest. */
function partOf({ quantity, low, high, source, asOf, explanation, evidence, ...part }: IndicatorPart): Json {
  return {
    quantity,
    low,
    high,
    source: source.key,
    asOf,
    explanation,
    evidence: evidence.map((each) => ({ ...each })),
    eventCount: part.eventCount,
    eventDigest: part.eventDigest,
  };
}
