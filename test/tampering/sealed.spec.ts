import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { bundleLines } from '#libs/audit-chain/application/bundle-writer.js';
import { verifyBundle } from '#libs/audit-chain/application/bundle-verifier.js';
import { signingKeyFolder } from '#libs/audit-chain/testing/signing-key-file.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { evaluationCodec, type Sealed } from '#libs/evaluation/domain/events.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';
import { storeVerifier } from '#libs/runtime/verification.js';

const SAMPLE = new URL('../../libs/evaluation/domain/samples/v1/EvaluationSealed.json', import.meta.url);

describe('a sealed snapshot', () => {
  let database: TestDatabase;
  let platform: Platform;
  let client: pg.Client;
  let texts: SealedTexts;
  let digest: string;
  let piece: Buffer;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    platform = await openPlatform({
      ...readConfig({ DATABASE_URL: database.connectionString }),
      runProjections: false,
    });
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query("set session_replication_role = 'replica'");
    texts = new SealedTexts(platform.database);
    const section = await texts.write(entries({ beds: 10 }, { beds: 20 }));
    digest = section.digest;
    piece = (await client.query<{ bytes: Buffer }>('select bytes from sealed.piece')).rows[0]!.bytes;
    const { envelope, id, data } = evaluationCodec.decode(
      JSON.parse(readFileSync(SAMPLE, 'utf8')) as EventToDecode,
    );
    const sealed = { ...(data as Sealed), sections: [{ name: 'counts', ...section }] };
    const event = evaluationCodec.encode({ type: 'EvaluationSealed', data: sealed }, id, envelope);
    const command = { id: envelope.commandId, digest: envelope.commandDigest };
    await platform.store.append([
      { stream: 'evaluation-990100-2025', expected: 'none', events: [event], command },
    ]);
    folder = mkdtempSync(path.join(tmpdir(), 'taizhang-sealed-'));
  });
  afterEach(() => client.query('update sealed.piece set bytes = $1', [piece]));
  afterAll(async () => {
    await client.end();
    await platform.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const verify = () => storeVerifier(platform).verify({ files: [], keys: new Map() });

  it('untouched, is what was sealed', async () => {
    expect(await verify()).toMatchObject({ holds: true, sealed: 1 });
  });

  it.each([
    ['other content', gzipSync('{"beds":11},{"beds":20}')],
    ['bytes that cannot be unpacked', Buffer.from('not gzip')],
  ])('with %s, is named with the event that sealed it', async (_what, bytes) => {
    await client.query('update sealed.piece set bytes = $1', [bytes]);
    expect((await verify()).first).toMatchObject({
      kind: 'sealed.edited',
      sequence: 1,
      expected: digest,
      message: expect.stringContaining('evaluation-990100-2025/counts') as string,
    });
  });

  it('travels in a bundle, and edited there is named too', async () => {
    const keys = await signingKeyFolder();
    const lines: string[] = [];
    for await (const line of bundleLines(
      {
        store: platform.store,
        anchors: [],
        publicKeys: readFileSync(keys.publicKeyFile, 'utf8'),
        sealed: texts,
        projectIds: new Set(),
      },
      { region: '990100' },
    )) {
      lines.push(line);
    }
    rmSync(keys.folder, { recursive: true });
    const file = path.join(folder, 'bundle.jsonl');
    writeFileSync(file, lines.join(''));
    expect(await verifyBundle(file, undefined)).toMatchObject({ holds: true, sealed: 1, withheld: 0 });
    writeFileSync(file, lines.join('').replace('{\\"beds\\":10}', '{\\"beds\\":11}'));
    expect((await verifyBundle(file, undefined)).first).toMatchObject({
      kind: 'sealed.edited',
      expected: digest,
    });
  });

  it('taken away, is missed', async () => {
    await client.query('delete from sealed.text');
    expect((await verify()).first).toMatchObject({ kind: 'sealed.missing', sequence: 1 });
  });
});

async function* entries(...values: unknown[]): AsyncGenerator<unknown> {
  yield* values;
}
