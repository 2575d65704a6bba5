import { DataSource } from 'typeorm';
import { openDatabase } from './data-source.js';
import { EvidenceFiles } from './evidence-files.js';
import { testDatabase, type TestDatabase } from './testing/test-database.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeEach(async () => {
  database = await testDatabase();
  dataSource = await openDatabase(database.connectionString);
});

afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('openDatabase', () => {
  it('makes the schemas once, however many processes open the database at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(database.connectionString)));
    const ran: { name: string }[] = await dataSource.query('select name from runtime.migration');
    const names = ran.map(({ name }) => name);
    expect(names).toContain('Runtime1763769600000');
    expect(names).toEqual([...new Set(names)]);
    await Promise.all(others.map((other) => other.destroy()));
  });

  it('gives bigint back exactly', async () => {
    const rows: unknown = await dataSource.query(
      'select 9007199254740993::int8 as fen, 0.1::numeric as share',
    );
    expect(rows).toEqual([{ fen: '9007199254740993', share: '0.1' }]);
  });

  it('says so when there is no database', async () => {
    const url = new URL(database.connectionString);
    url.pathname = '/absent';
    await expect(openDatabase(url.href)).rejects.toThrow('"absent" does not exist');
  });

  it('takes its migrations back', async () => {
    await dataSource.undoLastMigration();
    await dataSource.undoLastMigration();
    await dataSource.runMigrations();
    expect(await dataSource.query('select * from runtime.projection_checkpoint')).toEqual([]);
  });
});

describe('EvidenceFiles', () => {
  const bytes = new TextEncoder().encode('序号,项目名称\n');

  it('keeps the bytes under their digest, once', async () => {
    const files = new EvidenceFiles(dataSource);
    const { digest } = await files.put(bytes, '清单.csv');
    expect(await files.put(bytes.slice(), '清单(副本).csv')).toEqual({ digest });
    const file = await files.get(digest);
    expect(file).toMatchObject({ digest, fileName: '清单.csv' });
    expect(file?.bytes.equals(bytes)).toBe(true);
    expect(await dataSource.query('select count(*) from evidence.file')).toEqual([{ count: '1' }]);
  });

  it('does not know what was never stored', async () => {
    expect(await new EvidenceFiles(dataSource).get('0'.repeat(64))).toBeUndefined();
  });

  it('takes a view into a larger buffer for just that view', async () => {
    const files = new EvidenceFiles(dataSource);
    const { digest } = await files.put(Buffer.from('xxabcxx').subarray(2, 5), 'a.txt');
    expect((await files.get(digest))?.bytes.toString()).toBe('abc');
  });

  it.each([
    "update evidence.file set file_name = 'x'",
    'delete from evidence.file',
    'truncate evidence.file',
  ])('is refused by the database itself: %s', async (statement) => {
    await new EvidenceFiles(dataSource).put(bytes, '清单.csv');
    await expect(dataSource.query(statement)).rejects.toThrow('append-only');
  });

  it('refuses bytes under a digest that is not theirs', async () => {
    const forged = `insert into evidence.file (digest, file_name, bytes) values (repeat('0', 64), 'x', 'y')`;
    await expect(dataSource.query(forged)).rejects.toThrow('check constraint');
  });
});
