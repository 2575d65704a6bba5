import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { copyParts } from './copy.js';

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

/** What a transaction that copies the parts leaves in the table; the connection must be of use afterwards. */
async function copied(parts: Iterable<string>): Promise<unknown> {
  await client.query('truncate numbers; begin');
  const error: unknown = await copyParts(client, 'numbers', ['n'], parts).catch((thrown: unknown) => thrown);
  await client.query(error ? 'rollback' : 'commit');
  const { rows } = await client.query<{ sum: number }>('select sum(n)::integer as sum from numbers');
  return error ?? rows[0]!.sum;
}

describe('rows copied in parts', () => {
  it('are all written, and parts may be empty', async () => {
    expect(await copied(['1\n', '', '2\n3\n', ''])).toBe(6);
    expect(await copied(['', ''])).toBe(null);
  });

  it('are more than a connection takes at once', async () => {
    const part = '1\n'.repeat(100_000);
    expect(await copied(Array.from({ length: 20 }, () => part))).toBe(2_000_000);
  });

  it('are none where making them fails, and the failure comes out', async () => {
    const failure = new Error('unreadable');
    function* failing() {
      yield '1\n';
      throw failure;
    }
    expect(await copied(failing())).toBe(failure);
    expect(await copied(['4\n'])).toBe(4);
  });

  it('are none where the database refuses one, however many parts follow', async () => {
    const parts = Array.from({ length: 200 }, (_, n) => (n === 3 ? 'three\n' : '1\n'.repeat(10_000)));
    expect(await copied(parts)).toMatchObject({ code: '22P02' });
    expect(await copied(['4\n'])).toBe(4);
  });
});
