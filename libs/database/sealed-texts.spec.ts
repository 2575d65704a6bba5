import type { DataSource } from 'typeorm';
import { digestOf } from '#libs/kernel/canonical.js';
import { openDatabase } from './data-source.js';
import { SealedTexts } from './sealed-texts.js';
import { testDatabase, type TestDatabase } from './testing/test-database.js';

let place: TestDatabase;
let database: DataSource;
let texts: SealedTexts;

beforeAll(async () => {
  place = await testDatabase();
  database = await openDatabase(place.connectionString);
  texts = new SealedTexts(database);
});
afterAll(async () => {
  await database.destroy();
  await place.drop();
});

async function* entries(count: number): AsyncGenerator<object> {
  for (let n = 0; n < count; n += 1) yield { label: '示例'.repeat(200), b: n, a: String(n) };
}
async function collected<T>(from: AsyncIterable<T> | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const each of from!) all.push(each);
  return all;
}

it.each([0, 1, 5_000])(
  'keeps an array of %i entries as its canonical text, under its digest',
  async (count) => {
    let told = '';
    const written = await texts.write(entries(count), (part) => (told += part));
    const all = await collected(entries(count));
    expect(written).toEqual({ digest: digestOf(all), bytes: Buffer.byteLength(told), entries: count });
    expect((await collected(await texts.text(written.digest))).join('')).toBe(told);
    expect(await collected(await texts.entries(written.digest))).toEqual(all);
    expect(await texts.examine(written.digest)).toEqual({ digest: written.digest });
  },
);

it('stores the same array once, and nothing of one that breaks off', async () => {
  const count = async () => (await database.query<unknown[]>('select from sealed.piece')).length;
  await texts.write(entries(2_000));
  const before = await count();
  await texts.write(entries(2_000));
  await expect(texts.write(breaksOff())).rejects.toThrow('broken off');
  expect(await count()).toBe(before);
});

async function* breaksOff(): AsyncGenerator<object> {
  yield* entries(3_000);
  throw new Error('broken off');
}

it('knows nothing of a digest that was never stored', async () => {
  const unknown = '0'.repeat(64);
  expect([await texts.entries(unknown), await texts.examine(unknown)]).toEqual([undefined, undefined]);
});

it('is refused to change by the database, and an alteration past it is seen', async () => {
  const { digest } = await texts.write(entries(7));
  await expect(database.query('delete from sealed.piece')).rejects.toThrow('append-only');
  await expect(database.query('update sealed.text set entries = 0')).rejects.toThrow('append-only');
  const { digest: other } = await texts.write(entries(8));
  await database.query(`
    alter table sealed.piece disable trigger append_only;
    update sealed.piece set bytes = (
      select p.bytes from sealed.piece p join sealed.text t using (writing) where t.digest = '${other}')
    where writing = (select writing from sealed.text where digest = '${digest}');
    alter table sealed.piece enable trigger append_only`);
  expect(await texts.examine(digest)).toEqual({ digest: other });
});
