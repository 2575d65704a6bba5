import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { signingKeyFolder } from '#libs/audit-chain/testing/signing-key-file.js';
import type { BundleVerification } from '#libs/audit-chain/application/bundle-verifier.js';
import { eventDigest, GENESIS, nextPlace, type ChainedEvent } from '#libs/audit-chain/domain/link.js';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { ACTOR_ENV, runCaptured } from '../cli/run-captured.js';

interface Line {
  sequence: number;
  digest: string;
  hash: string;
  event?: ChainedEvent;
}

describe('a bundle', () => {
  let database: TestDatabase;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  /** As it was exported: header, one anchor, then one line an event, then the end. */
  let lines: string[];

  const verify = async (file: string, ...more: string[]) => {
    // No database, no key, nothing but the file.
    const { code, out, err } = await runCaptured(['verify-bundle', file, '--json', ...more], {});
    return {
      code,
      err,
      found: code === 0 || code === 4 ? (JSON.parse(out) as BundleVerification) : undefined,
    };
  };
  const verifyLines = async (changed: readonly string[]) => {
    const file = path.join(folder, 'changed.jsonl.gz');
    writeFileSync(file, gzipSync(changed.map((line) => `${line}\n`).join('')));
    return verify(file);
  };
  const at = (n: number): number => lines.findIndex((text) => text.startsWith(`{"sequence":${n},`));
  const lineAt = (n: number): Line => JSON.parse(lines[at(n)]!) as Line;
  const replaced = (n: number, line: object): string[] => lines.with(at(n), JSON.stringify(line));
  const anchorAt = (): number => lines.findIndex((text) => text.startsWith('{"anchor"'));

  beforeAll(async () => {
    database = await testDatabase();
    const { folder: keys } = await signingKeyFolder();
    folder = mkdtempSync(path.join(tmpdir(), 'taizhang-bundle-'));
    cpSync(keys, folder, { recursive: true });
    rmSync(keys, { recursive: true });
    env = {
      ...ACTOR_ENV,
      DATABASE_URL: database.connectionString,
      DATA_DIR: folder,
      SIGNING_KEY: path.join(folder, 'anchor-key.pem'),
    };
    const platform = await openPlatform(readConfig(env));
    await loadPrefecture(platform.store, { counties: 2, years: 2, seed: 1, projectsPerCountyYear: 2 });
    await platform.close();
    await runCaptured(['anchor'], env);
    const file = path.join(folder, 'whole.jsonl.gz');
    expect(await runCaptured(['export-bundle', '--out', file], env)).toMatchObject({ code: 0, err: '' });
    lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('as exported, holds with nothing but the file', async () => {
    const { code, found } = await verifyLines(lines);
    expect(code).toBe(0);
    expect(found).toMatchObject({
      holds: true,
      withheld: 0,
      keysOfBundle: true,
      anchors: { total: 1, met: 1 },
    });
    expect(found!.events).toBe(lines.length - 3);
    const published = await verify(
      path.join(folder, 'whole.jsonl.gz'),
      '--public-key',
      path.join(folder, 'anchor-key.pub.pem'),
    );
    expect(published.found).toMatchObject({ holds: true, keysOfBundle: false });
  });

  it('of one region, gives only digests of the others and is verified whole', async () => {
    const file = path.join(folder, 'region.jsonl.gz');
    await runCaptured(['export-bundle', '--out', file, '--region', '990101'], env);
    const { code, found } = await verify(file);
    expect(code).toBe(0);
    expect(found).toMatchObject({ holds: true, scope: { region: '990101' }, anchors: { met: 1 } });
    expect(found!.events).toBe(lines.length - 3);
    expect(found!.withheld).toBeGreaterThan(0);
    expect(found!.withheld).toBeLessThan(found!.events);
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(text).toContain('示例1县');
    expect(text).not.toContain('"place":"示例2县');
  });

  const tamper: [string, () => string[], object][] = [
    [
      'an edited event',
      () => {
        const { event, ...line } = lineAt(5);
        return replaced(5, { ...line, event: { ...event, data: { ...event!.data, note: '改' } } });
      },
      { kind: 'event.edited', sequence: 5 },
    ],
    ['a deleted event', () => lines.toSpliced(at(6), 1), { kind: 'event.deleted', sequence: 6 }],
    [
      'an inserted event',
      () => lines.toSpliced(at(7), 0, lines[at(7)]!),
      { kind: 'event.inserted', sequence: 7 },
    ],
    [
      'two events in another order',
      () => lines.with(at(8), lines[at(9)]!).with(at(9), lines[at(8)]!),
      { kind: 'event.reordered', sequence: 8 },
    ],
    ['a truncated tail', () => lines.slice(0, at(10)), { kind: 'store.truncated', sequence: 10 }],
    [
      'events numbered anew after one was taken out',
      () => {
        const from = at(6);
        const kept = lines.toSpliced(from, 1);
        return kept.map((text, n) => {
          if (n < from || !text.startsWith('{"sequence"')) return text;
          const line = JSON.parse(text) as Line;
          return JSON.stringify({ ...line, sequence: line.sequence - 1 });
        });
      },
      { kind: 'chain.broken', sequence: 6 },
    ],
    [
      'a whole rewrite without the key',
      () => rewritten(lines, 5),
      { kind: 'history.rewritten', sequence: 1 },
    ],
    [
      'an anchor signed for another place',
      () => {
        const { anchor } = JSON.parse(lines[anchorAt()]!) as { anchor: { sequence: number } };
        return lines.with(
          anchorAt(),
          JSON.stringify({ anchor: { ...anchor, sequence: anchor.sequence - 1 } }),
        );
      },
      { kind: 'anchor.signature' },
    ],
    [
      'a sealed text that no event sealed',
      () => lines.toSpliced(-1, 0, JSON.stringify({ sealed: 'ab'.repeat(32), text: '[]' })),
      { kind: 'sealed.edited' },
    ],
    ['a line that is none', () => lines.with(at(4), '{"x":1}'), { kind: 'bundle.malformed', sequence: 4 }],
  ];
  it.each(tamper)('%s is named', async (_what, changed, expected) => {
    const { code, found } = await verifyLines(changed());
    expect(code).toBe(4);
    expect(found!.first).toMatchObject(expected);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.from('PK\u0003\u0004 workbook')],
    ['a gzip of a line without end', gzipSync(Buffer.alloc(40 * 1024 * 1024, 'x'))],
    ['deep nesting', gzipSync(`${'['.repeat(200_000)}\n`)],
    ['a broken gzip', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(100)])],
  ])('%s is refused as no bundle', async (_what, bytes) => {
    const file = path.join(folder, 'hostile.gz');
    writeFileSync(file, bytes);
    const { code, err } = await verify(file);
    expect([code, err]).toEqual([1, expect.stringContaining('[bundle.notOne]')]);
  });

  it('is read to its end, whatever bytes stand in it, and never passes', async () => {
    const [header, ...rest] = lines;
    const text = rest.join('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.constantFrom('0', '"', '\n', '}', '[', '号'),
        async (n, put) => {
          fc.pre(text[n] !== put);
          const changed = text.slice(0, n) + put + text.slice(n + 1);
          const { code } = await verifyLines([header!, ...changed.split('\n')]);
          expect([1, 4]).toContain(code);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The file of somebody who edits an event and computes the chain anew. */
function rewritten(lines: readonly string[], sequence: number): string[] {
  let place = GENESIS;
  return lines.map((text) => {
    if (text.startsWith('{"end"'))
      return JSON.stringify({ end: { events: place.sequence, head: place.hash } });
    if (!text.startsWith('{"sequence"')) return text;
    const line = JSON.parse(text) as Line;
    const event = { ...line.event!, ...(line.sequence === sequence && { type: 'ProjectDelisted' }) };
    const digest = eventDigest(event);
    place = nextPlace(place, digest);
    return JSON.stringify({ ...line, ...place, digest, event });
  });
}
