import pg from 'pg';
import { testDatabase } from './test-database.js';

it('gives each caller a database of its own, in UTF-8 with a fixed sort order', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  expect(one.connectionString).not.toBe(other.connectionString);
  const client = new pg.Client({ connectionString: one.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(
    `select pg_encoding_to_char(encoding) as encoding, datlocprovider, datlocale from pg_database where datname = current_database()`,
  );
  expect(rows).toEqual([{ encoding: 'UTF8', datlocprovider: 'b', datlocale: 'C.UTF-8' }]);
  await Promise.all([one.drop(), other.drop()]);
  await client.end();
});
