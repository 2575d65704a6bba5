import { readConfig } from './config.js';

describe('what the environment says', () => {
  test('nothing set: all embedded, on loopback', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      eventStore: undefined,
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 3000,
      runProjections: true,
    });
    expect(config.dataDir).toMatch(/\.data$/u);
  });

  test('a PostgreSQL event store serves the read models too, unless they have their own', () => {
    expect(readConfig({ EVENT_STORE: 'postgres://a/b' }).databaseUrl).toBe('postgres://a/b');
    expect(readConfig({ EVENT_STORE: 'postgres://a/b', DATABASE_URL: 'postgres://c/d' }).databaseUrl).toBe(
      'postgres://c/d',
    );
  });

  test('EventStoreDB leaves the read models to the embedded database', () => {
    const config = readConfig({ EVENT_STORE: 'esdb+discover://a:2113,b:2113?tls=true' });
    expect(config.databaseUrl).toBeUndefined();
  });

  test.each([
    [{ EVENT_STORE: 'mysql://secret@x' }, 'config.url'],
    [{ DATABASE_URL: 'localhost:5432' }, 'config.url'],
    [{ PORT: '80a' }, 'config.port'],
    [{ PORT: '70000' }, 'config.port'],
    [{ RUN_PROJECTIONS: 'no' }, 'config.flag'],
  ])('%j is refused as %s, without repeating a password', (env, code) => {
    let refusal: unknown;
    try {
      readConfig(env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code });
    expect((refusal as Error).message).not.toContain('secret');
  });
});
