import type { Json } from '#libs/kernel/json.js';
import { ledgerParameters } from '#libs/read-models/ledger/ledger-parameters.js';
import { balancesSql, scopedProjectsSql } from '#libs/read-models/ledger/ledger-sql.js';
import { regionSet } from '#libs/read-models/views.js';
import { FUNDING_SOURCES, PROJECT_CATEGORIES, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { RateSums } from '../../domain/rates.js';
import { byKey, type Entry } from '../entry.js';
import { LEDGER_AMOUNTS, projectFigures, type ProjectFigures } from '../project-figures.js';
import { regionKey, type Section, type SectionContext } from './section.js';

type Amounts = Record<(typeof LEDGER_AMOUNTS)[number], bigint>;

/** Amounts by source and budget year; the same scope as the projects. */
const BY_SOURCE = `
  with balance as (${balancesSql(true)}), scope as (${scopedProjectsSql(true)})
  select source, year, ${LEDGER_AMOUNTS.map((amount) => `sum(${amount})::text as ${amount}`).join(', ')}
  from balance join scope using (project_id)
  group by source, year`;

/**
 * The investment ledger as effective at the end of the year: every project, then by where it stands and its category,
 * by source and budget year, and in total. Adds up the rates on the way.
 */
export const ledgerSection: Section = {
  name: 'ledger',
  async *entries(context) {
    const groups = new Map<string, Sums>();
    const total = new Sums('合计');
    for await (const project of projectFigures(context.moment, context.region, context.day)) {
      const { id, name, regions, category } = project;
      yield {
        key: `project/${id}`,
        label: name,
        figures: { ...figuresOf(project.amounts), totalFen: text(project.rated.totalFen), regions, category },
      };
      const place = regionKey(regions);
      const sums = at(groups, `region/${place}/${category ?? '-'}`, () => {
        const label = category === null ? '' : PROJECT_CATEGORIES[category];
        return new Sums([regionSet(regions).label, label].filter(Boolean).join(' '));
      });
      sums.add(project);
      total.add(project);
      at(context.rates.byRegion, place, () => new RateSums(context.day)).add(project.rated);
      context.rates.total.add(project.rated);
    }
    yield* [...groups].map(([key, sums]) => sums.entry(key)).sort(byKey);
    yield* await bySource(context);
    yield total.entry('total');
  },
};

/** Sums over projects; a total is that of the projects that print one, the others are counted. */
class Sums {
  private readonly amounts = Object.fromEntries(LEDGER_AMOUNTS.map((amount) => [amount, 0n])) as Amounts;
  private totalFen = 0n;
  private projects = 0;
  private unknownTotals = 0;

  constructor(private readonly label: string) {}

  add({ amounts, rated: { totalFen } }: ProjectFigures): void {
    for (const amount of LEDGER_AMOUNTS) this.amounts[amount] += amounts[amount];
    this.projects += 1;
    if (totalFen === null) this.unknownTotals += 1;
    else this.totalFen += totalFen;
  }

  entry(key: string): Entry {
    const { projects, unknownTotals, label } = this;
    const known = projects > unknownTotals;
    return {
      key,
      label,
      figures: {
        ...figuresOf(this.amounts),
        totalFen: known ? this.totalFen.toString() : null,
        projects,
        unknownTotals,
      },
    };
  }
}

type SourceRow = Record<keyof Amounts, string> & { source: FundingSource | null; year: number | null };

async function bySource({ moment, region, day }: SectionContext): Promise<Entry[]> {
  const parameters = ledgerParameters({ region, asEffectiveOn: day }).slice(0, 8);
  const rows = await moment.query<SourceRow[]>(BY_SOURCE, parameters);
  const entries = rows.map(({ source, year, ...amounts }): Entry => {
    const bigints = LEDGER_AMOUNTS.map((amount) => [amount, BigInt(amounts[amount])]);
    const label = `${source === null ? '不属于任何来源' : FUNDING_SOURCES[source]} ${year ?? '未列年度'}`;
    return {
      key: `source/${source ?? '-'}/${year ?? '-'}`,
      label,
      figures: figuresOf(Object.fromEntries(bigints) as Amounts),
    };
  });
  return entries.sort(byKey);
}

const camel = (name: string) => name.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
const text = (fen: bigint | null): string | null => (fen === null ? null : fen.toString());

function figuresOf(amounts: Amounts): Record<string, Json> {
  return Object.fromEntries(LEDGER_AMOUNTS.map((name) => [`${camel(name)}Fen`, amounts[name].toString()]));
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
