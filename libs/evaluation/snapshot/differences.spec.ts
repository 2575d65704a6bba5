import { digestOf } from '#libs/kernel/canonical.js';
import type { Sealed } from '../domain/events.js';
import { differences, type Difference } from './differences.js';
import type { Entry } from './entry.js';

/** Seals of the same format that have one section, kept under its digest. */
async function compared(before: Entry[], after: Entry[]) {
  const kept = new Map([before, after].map((entries) => [digestOf(entries), entries]));
  const [from, to] = [before, after].map((entries) => ({
    format: 4,
    sections: [{ name: 'findings', digest: digestOf(entries), entries: entries.length, bytes: 1 }],
  })) as unknown as [Sealed, Sealed];
  async function* entriesOf(digest: string) {
    yield* kept.get(digest)!;
  }
  const found: Difference[] = [];
  for await (const each of differences(from, to, async (digest) => entriesOf(digest))) found.push(each);
  return found;
}
const finding = (sentence: string, amountFen: string): Entry => ({
  key: 'M8/甲',
  label: '来源未列',
  figures: { sentences: [sentence], amountFen },
});

it('does not call a finding changed whose sentence only has punctuation of another width', async () => {
  const before = [finding('总投资 3 元 − 各来源合计 1 元 = 2 元,来源未列(示例)', '200')];
  const after = [finding('总投资 3 元 − 各来源合计 1 元 = 2 元，来源未列（示例）', '200')];
  expect(await compared(before, after)).toEqual([]);
});

it('names the figure and the sentence that say something else', async () => {
  const [difference] = await compared([finding('2 元,来源未列', '200')], [finding('3 元，来源未列', '300')]);
  expect(difference!.figures.map(({ figure, from, to }) => [figure, from, to])).toEqual([
    ['amountFen', '200', '300'],
    ['sentences', ['2 元,来源未列'], ['3 元，来源未列']],
  ]);
});
