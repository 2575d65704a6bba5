import type { Json } from '#libs/kernel/json.js';
import { regionName, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { asOfCondition, asOfParameters } from '#libs/read-models/as-of.js';
import {
  endsView,
  eventsView,
  valueView,
  type Computed,
} from '#libs/read-models/indicators/indicator-answer.js';
import { computeIndicators } from '#libs/read-models/indicators/indicators.handler.js';
import type { Part } from '#libs/read-models/indicators/part.js';
import { byKey, type Entry } from '../entry.js';
import type { Section } from './section.js';

/** Divisions inside the region that by the day a project had stood in, or a plan or an annual report had spoken of. */
const DIVISIONS = `
  select distinct region from (
    select unnest(string_to_array(value, ',')) as region from read.ledger_attribute said
    where field = 'regions' and ${asOfCondition('said')}
    union all
    select region from read.plan_entry entry where area is null and region is not null and ${asOfCondition('entry')}
    union all
    select region from read.statistics_step
    where period ~ '^\\d{4}$' and unit is not null and ($1::timestamptz is null or known_at <= $1)
      and ($2::date is null or period || '-12-31' <= $2::date::text)) told
  where starts_with(region, $3)`;

/** Every indicator of the region and of each division inside it at the end of the year, with what it rests on. */
export const indicatorsSection: Section = {
  name: 'indicators',
  async *entries({ moment, region, year, day }) {
    const asOf = { asEffectiveOn: day };
    const inside = await moment.query<{ region: RegionCode }[]>(DIVISIONS, [
      ...asOfParameters(asOf),
      regionPrefix(region),
    ]);
    const regions = [...new Set([region, ...inside.map((row) => row.region)])];
    const answers = await computeIndicators({ database: moment, regions, years: [year], asOf });
    const entries: Entry[] = [];
    for (const answer of answers) {
      for (const computed of answer.computed) entries.push(await entryOf(answer.region, computed));
    }
    yield* entries.sort(byKey);
  },
};

async function entryOf(region: RegionCode, computed: Computed): Promise<Entry> {
  const { definition, numerator, denominator } = computed;
  const { value, why } = valueView(computed);
  return {
    key: `${region}/${definition.id}`,
    label: `${regionName(region)} ${definition.name}`,
    figures: {
      definition: definition.version,
      unit: definition.unit,
      printed: value?.printed ?? null,
      low: value?.low ?? null,
      high: value?.high ?? null,
      why,
      numerator: await partOf(definition.numerator, numerator),
      denominator: denominator ? await partOf(definition.denominator!, denominator) : null,
    },
  };
}

/** The events behind it are those of the projects, which stand in the ledger: here their number and their digest. */
async function partOf(quantity: QuantityId, part: Part): Promise<Json> {
  const { source, asOf, explanation, evidence } = part;
  return {
    quantity,
    ...endsView(part),
    source,
    asOf,
    explanation,
    evidence: evidence.map((each) => ({ ...each })),
    ...(await eventsView(part)),
  };
}
