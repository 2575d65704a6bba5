import { canonicalJson } from '#libs/kernel/canonical.js';
import type { Json } from '#libs/kernel/json.js';
import { toHalfWidth } from '#libs/kernel/text.js';
import type { Sealed } from '../domain/events.js';
import { refuse } from '../domain/refusal-codes.js';
import type { Entry } from './entry.js';
import { figureLabel, figureText } from './figure-words.js';
import { sectionLabel } from './section-labels.js';

/** Reads a section's entries by its digest; undefined where they are not kept. */
export type EntriesOf = (digest: string) => Promise<AsyncIterable<unknown> | undefined>;

export interface FigureChange {
  figure: string;
  /** null: it was not there, or not known. */
  from: Json;
  to: Json;
  /** For people: 下达(万元), and both values as they read them. */
  figureLabel: string;
  fromText: string;
  toText: string;
}

/** An entry that is not the same in both snapshots. */
export interface Difference {
  section: string;
  sectionLabel: string;
  key: string;
  label: string;
  kind: 'added' | 'removed' | 'changed';
  figures: FigureChange[];
}

/** Keeps what of a section is compared, under the key it is compared by; undefined leaves the entry out. */
export type KeyOf = (section: string, entry: Entry) => string | undefined;
const asItIs: KeyOf = (_, { key }) => key;

/**
 * What differs between two snapshots, section by section in the order of keys; sections of one digest are not read.
 * @throws Refusal `evaluation.notComparable`, `evaluation.snapshotLost`
 */
export async function* differences(
  from: Sealed,
  to: Sealed,
  entriesOf: EntriesOf,
): AsyncGenerator<Difference> {
  if (from.format !== to.format) {
    const message = `两份快照的格式不同（第 ${from.format} 版与第 ${to.format} 版），不能逐项比较`;
    refuse('evaluation.notComparable', message, { from: from.format, to: to.format });
  }
  const names = [...new Set([...from.sections, ...to.sections].map(({ name }) => name))].sort();
  for (const name of names) {
    const digests = [from, to].map(({ sections }) => sections.find((each) => each.name === name)?.digest);
    if (digests[0] === digests[1]) continue;
    const [before, after] = digests.map((digest) => readSection(name, digest, entriesOf));
    yield* merged(name, before!, after!);
  }
}

/** The entries of a section, those without a key left out. A section that a snapshot does not have is empty. */
export async function* readSection(
  name: string,
  digest: string | undefined,
  entriesOf: EntriesOf,
  keyOf: KeyOf = asItIs,
): AsyncGenerator<Entry> {
  if (digest === undefined) return;
  const entries = await entriesOf(digest);
  if (!entries) {
    refuse('evaluation.snapshotLost', `快照的“${name}”部分不在数据库中，可由事件重新生成`, { name, digest });
    return;
  }
  for await (const entry of entries as AsyncIterable<Entry>) {
    const key = keyOf(name, entry);
    if (key !== undefined) yield { ...entry, key };
  }
}

/** Walks both in the order of their keys. */
async function* merged(
  section: string,
  before: AsyncGenerator<Entry>,
  after: AsyncGenerator<Entry>,
): AsyncGenerator<Difference> {
  const named = { section, sectionLabel: sectionLabel(section) };
  let [a, b] = [await before.next(), await after.next()];
  while (!a.done || !b.done) {
    const left = a.done ? undefined : a.value;
    const right = b.done ? undefined : b.value;
    if (left && (!right || left.key < right.key)) {
      yield {
        ...named,
        key: left.key,
        label: left.label,
        kind: 'removed',
        figures: changes(left, undefined),
      };
      a = await before.next();
    } else if (right && (!left || right.key < left.key)) {
      yield {
        ...named,
        key: right.key,
        label: right.label,
        kind: 'added',
        figures: changes(undefined, right),
      };
      b = await after.next();
    } else {
      const figures = changes(left, right);
      const { key, label } = right!;
      if (figures.length > 0) yield { ...named, key, label, kind: 'changed', figures };
      [a, b] = [await before.next(), await after.next()];
    }
  }
}

/** Sentences that differ only in the width of their punctuation, which an update of the program may change, say the same. */
const said = (value: Json): string => toHalfWidth(canonicalJson(value));

function changes(before: Entry | undefined, after: Entry | undefined): FigureChange[] {
  const names = [
    ...new Set([...Object.keys(before?.figures ?? {}), ...Object.keys(after?.figures ?? {})]),
  ].sort();
  return names
    .map((figure) => ({
      figure,
      from: before?.figures[figure] ?? null,
      to: after?.figures[figure] ?? null,
    }))
    .filter(({ from, to }) => said(from) !== said(to))
    .map(({ figure, from, to }) => ({
      figure,
      from,
      to,
      figureLabel: figureLabel(figure),
      fromText: figureText(figure, from),
      toText: figureText(figure, to),
    }));
}
