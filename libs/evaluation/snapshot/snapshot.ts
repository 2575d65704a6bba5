import { createHash } from 'node:crypto';
import type { RuleSet } from '#libs/findings/domain/rule-sets.js';
import { regionName } from '#libs/kernel/regions.js';
import { findingsProjection } from '#libs/read-models/findings/projection.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { plansProjection } from '#libs/read-models/plans/projection.js';
import { timelineProjection } from '#libs/read-models/timeline/projection.js';
import { statisticsProjection } from '#libs/read-models/statistics/projection.js';
import { yearlyCountsProjection } from '#libs/read-models/yearly-counts/projection.js';
import type { ItemScore, SealedSection } from '../domain/events.js';
import { RateSums } from '../domain/rates.js';
import { refuse } from '../domain/refusal-codes.js';
import type { Moment } from './at-one-position.js';
import type { Entry } from './entry.js';
import { aboutSection } from './sections/about.js';
import { countsSection } from './sections/counts.js';
import { findingsSection } from './sections/findings.js';
import { indicatorsSection } from './sections/indicators.js';
import { ledgerSection } from './sections/ledger.js';
import { listsSection } from './sections/lists.js';
import { plansSection } from './sections/plans.js';
import { ratesSection } from './sections/rates.js';
import { scoresSection } from './sections/scores.js';
import type { Section, SectionContext } from './sections/section.js';
import { tasksSection } from './sections/tasks.js';
import { SECTION_LABELS } from './section-labels.js';
import { standingPlans } from './standing-plans.js';

/** In the order of their names, as canonical JSON has them; a section may use what those before it added up. */
export const SECTIONS: readonly Section[] = [
  aboutSection,
  countsSection,
  findingsSection,
  indicatorsSection,
  ledgerSection,
  listsSection,
  plansSection,
  ratesSection,
  scoresSection,
  tasksSection,
];

/** Read models that snapshots are made of. */
export const SNAPSHOT_PROJECTIONS: readonly string[] = [
  ledgerProjection,
  yearlyCountsProjection,
  statisticsProjection,
  findingsProjection,
  timelineProjection,
  plansProjection,
].map(({ name }) => name);

export interface SnapshotText {
  /** Over the canonical JSON of the whole: an object of sections, each an array of entries. */
  digest: string;
  sections: SealedSection[];
}

/** Takes one section's entries and says what they came to; told the text as it goes. */
export type Sink = (
  entries: AsyncIterable<Entry>,
  onText: (text: string) => void,
) => Promise<Omit<SealedSection, 'name'>>;

export interface SnapshotRequest {
  region: string;
  year: number;
  /** In force in the region on the last day of the year. */
  ruleSet: RuleSet;
  scores: ReadonlyMap<string, ItemScore>;
}

/** Told after each section, and on the way by how many entries it has so far. */
export type OnSection = (section: { label: string; no: number; of: number; entries: number }) => void;

/** Makes the snapshot of a region and year section by section; `sink` keeps or only digests what comes. */
export async function makeSnapshot(
  moment: Moment,
  { region, year, ruleSet, scores }: SnapshotRequest,
  sink: Sink,
  onSection: OnSection = () => undefined,
): Promise<SnapshotText> {
  const day = `${year}-12-31`;
  const rates = { byRegion: new Map<string, RateSums>(), total: new RateSums(day) };
  const plans = await standingPlans(moment, { region, year, day });
  const context: SectionContext = { moment, region, year, day, ruleSet, plans, scores, rates, measures: {} };
  const whole = createHash('sha256');
  const sections: SealedSection[] = [];
  for (const [no, section] of SECTIONS.entries()) {
    whole.update(`${no === 0 ? '{' : ','}${JSON.stringify(section.name)}:`);
    const told = { label: SECTION_LABELS[section.name], no, of: SECTIONS.length };
    const entries = inOrder(section, context, (count) => onSection({ ...told, entries: count }));
    const text = await sink(entries, (part) => void whole.update(part));
    sections.push({ name: section.name, ...text });
    onSection({ ...told, no: no + 1, entries: text.entries });
  }
  whole.update('}');
  return { digest: whole.digest('hex'), sections };
}

/** How often the count is told. */
const TOLD_EVERY = 1_000;

/** The comparison of snapshots rests on the order of keys, so it is asserted while they are made. */
async function* inOrder(
  section: Section,
  context: SectionContext,
  onCount: (entries: number) => void,
): AsyncGenerator<Entry> {
  let before = '';
  let count = 0;
  for await (const entry of section.entries(context)) {
    if (entry.key <= before) throw new Error(`section ${section.name}: ${entry.key} comes after ${before}`);
    before = entry.key;
    if ((count += 1) % TOLD_EVERY === 0) onCount(count);
    yield entry;
  }
}

/** `示例州 2025 年度评估`. */
export const evaluationTitle = (region: string, year: number): string =>
  `${regionName(region)} ${year} 年度评估`;

/** The whole of a sealed snapshot as it was hashed. @throws Refusal `evaluation.snapshotLost` */
export async function* wholeText(
  sections: readonly Pick<SealedSection, 'name' | 'digest'>[],
  textOf: (digest: string) => Promise<AsyncIterable<string> | undefined>,
): AsyncGenerator<string> {
  for (const [no, { name, digest }] of sections.entries()) {
    const text = await textOf(digest);
    if (!text) {
      return refuse('evaluation.snapshotLost', `快照的“${name}”部分不在数据库中，可由事件重新生成`, {
        name,
        digest,
      });
    }
    yield `${no === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    yield* text;
  }
  yield '}';
}
