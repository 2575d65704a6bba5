import type { Json } from '#libs/kernel/json.js';
import { minus, printed, rational, type Rational } from '#libs/kernel/rational.js';
import type { Sealed } from '../domain/events.js';
import type { Entry } from './entry.js';
import { figureLabel, figureText } from './figure-words.js';
import { sectionLabel } from './section-labels.js';
import { readSection, type EntriesOf, type KeyOf } from './differences.js';

/** A figure of this year beside that of the year before. */
export interface YearOnYearRow {
  section: string;
  sectionLabel: string;
  key: string;
  label: string;
  figure: string;
  /** For people: 下达(万元). */
  figureLabel: string;
  before: Json;
  now: Json;
  /** now − before, exact; null where either is not a number. */
  change: string | null;
  /** The three as people read them: amounts in 万元, — for what is not known. */
  beforeText: string;
  nowText: string;
  changeText: string;
}

/** Sections compared year by year: sums and counts, not single projects and findings. */
const COMPARED = ['counts', 'findings', 'indicators', 'ledger', 'rates', 'scores'];
/** Figures of an entry that are not measured. */
const NOT_FIGURES: ReadonlySet<string> = new Set([
  'comment',
  'definition',
  'denominator',
  'evidence',
  'exact',
  'numerator',
  'scoring',
  'unit',
  'weight',
  'why',
]);

/** Every summed figure of both years, in the order of sections and keys. @throws Refusal `evaluation.snapshotLost` */
export async function yearOnYear(
  before: Sealed,
  now: Sealed,
  entriesOf: EntriesOf,
): Promise<YearOnYearRow[]> {
  const rows: YearOnYearRow[] = [];
  for (const section of COMPARED) {
    const [earlier, later] = [
      await summed(section, before, entriesOf),
      await summed(section, now, entriesOf),
    ];
    for (const key of [...new Set([...earlier.keys(), ...later.keys()])].sort()) {
      rows.push(...rowsOf(section, key, earlier.get(key), later.get(key)));
    }
  }
  return rows;
}

async function summed(
  section: string,
  { sections, year }: Sealed,
  entriesOf: EntriesOf,
): Promise<Map<string, Entry>> {
  const digest = sections.find(({ name }) => name === section)?.digest;
  const found = new Map<string, Entry>();
  for await (const entry of readSection(section, digest, entriesOf, summedKey(year)))
    found.set(entry.key, entry);
  return found;
}

/** The same key in both years: `total/2025/beds` is `total/year/beds`. Counts of other years are left out. */
function summedKey(year: number): KeyOf {
  return (section, { key }) => {
    if (section === 'counts') {
      const own = `/${year}/`;
      return key.includes(own) ? key.replace(own, '/year/') : undefined;
    }
    if (section === 'findings') return key.startsWith('summary/') ? key : undefined;
    return key.startsWith('project/') ? undefined : key;
  };
}

function rowsOf(
  section: string,
  key: string,
  before: Entry | undefined,
  now: Entry | undefined,
): YearOnYearRow[] {
  const label = (now ?? before)!.label;
  const names = new Set([...Object.keys(before?.figures ?? {}), ...Object.keys(now?.figures ?? {})]);
  return [...names]
    .filter((figure) => !NOT_FIGURES.has(figure))
    .sort()
    .map((figure) => {
      const [was, is] = [before?.figures[figure] ?? null, now?.figures[figure] ?? null];
      const change = changeOf(was, is);
      return {
        section,
        sectionLabel: sectionLabel(section),
        key,
        label,
        figure,
        figureLabel: figureLabel(figure),
        before: was,
        now: is,
        change,
        beforeText: figureText(figure, was),
        nowText: figureText(figure, is),
        changeText: figureText(figure, change),
      };
    });
}

function changeOf(before: Json, now: Json): string | null {
  const [a, b] = [exact(before), exact(now)];
  if (!a || !b) return null;
  const decimals = Math.max(decimalsOf(before), decimalsOf(now));
  return printed(minus(b, a), decimals);
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/u;
const decimalsOf = (value: Json): number =>
  typeof value === 'string' ? (NUMBER.exec(value)?.[3]?.length ?? 0) : 0;

function exact(value: Json): Rational | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = NUMBER.exec(String(value));
  if (!match) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  return rational(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length));
}
