import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { copyLines } from './copy.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  await client.query('create table numbers (n integer)');
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What a transaction that copies the lines leaves in the table; the connection must be of use afterwards. */
async function copied(lines: Iterable<string>): Promise<unknown> {
  await client.query('truncate numbers; begin');
  const error: unknown = await copyLines(client, 'numbers', ['n'], lines).catch((thrown: unknown) => thrown);
  await client.query(error ? 'rollback' : 'commit');
  const { rows } = await client.query<{ sum: number }>('select sum(n)::integer as sum from numbers');
  return error ?? rows[0]!.sum;
}

describe('copied lines', () => {
  it('are all written, one or several at once or none', async () => {
    expect(await copied(['1\n', '', '2\n3\n', ''])).toBe(6);
    expect(await copied(['', ''])).toBe(null);
  });

  it('are more than a connection takes at once', async () => {
    const many = '1\n'.repeat(100_000);
    expect(await copied(Array.from({ length: 20 }, () => many))).toBe(2_000_000);
    expect(await copied(Array.from({ length: 200_000 }, (_, n) => (n === 150_000 ? many : '1\n')))).toBe(
      299_999,
    );
  });

  it('are whole where parts of them are sent, whatever bytes their characters take', async () => {
    const words = Array.from({ length: 20_000 }, (_, n) => `${'养老é😀a'.repeat(n % 7)}${n}`);
    await client.query('create temp table words (n integer, word text)');
    await copyLines(
      client,
      'words',
      ['n', 'word'],
      words.map((word, n) => `${n}\t${word}\n`),
    );
    const { rows } = await client.query<{ word: string }>('select word from words order by n');
    expect(rows.map(({ word }) => word)).toEqual(words);
  });

  it('are none where making them fails, and the failure comes out', async () => {
    const failure = new Error('unreadable');
    function* failing() {
      yield '1\n'.repeat(100_000);
      throw failure;
    }
    expect(await copied(failing())).toBe(failure);
    expect(await copied(['4\n'])).toBe(4);
  });

  it('are none where the database refuses one, however many follow', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => (n === 3 ? 'three\n' : '1\n'.repeat(10_000)));
    expect(await copied(lines)).toMatchObject({ code: '22P02' });
    expect(await copied(['4\n'])).toBe(4);
  });
});
