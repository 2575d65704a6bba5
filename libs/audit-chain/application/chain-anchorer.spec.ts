import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { idFor } from '#libs/kernel/ids.js';
import { fingerprintOf } from '#libs/kernel/signing.js';
import { faultOfSignature } from '../domain/anchor.js';
import { AnchorFolder } from './anchor-folder.js';
import { ChainAnchorer, type AnchorPlace } from './chain-anchorer.js';
import { loadSigningKey } from './signing-key.js';

const ACTOR = { user: '示例评估人', unit: '示例州评估组', role: 'Evaluator', region: '990100' };
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-anchors-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function bench(name: string) {
  const store = new MemoryEventStore();
  const event = { id: idFor('any'), type: 'Any', data: {}, metadata: {} };
  const command = { id: idFor('any command'), digest: 'd' };
  await store.append([{ stream: 'other-1', expected: 'any', events: [event], command }]);
  const point = { sequence: 1, position: (await store.lastPosition())!, hash: 'ab'.repeat(32) };
  const asked: (AnchorPlace | undefined)[] = [];
  let minute = 0;
  const anchorer = new ChainAnchorer({
    store,
    key: async () => privateKey,
    folder: new AnchorFolder(path.join(folder, name)),
    async pointAt(place) {
      asked.push(place);
      return place && 'position' in place && place.position !== point.position ? null : point;
    },
    now: () => new Date(Date.UTC(2026, 0, 5, 4, minute++)),
  });
  return { store, anchorer, point, asked };
}

const SEALING = { kind: 'sealing', subject: 'evaluation-990100-2025', digest: 'cd'.repeat(32) } as const;

it('signs the place, the reason and the digest, records it and exports it', async () => {
  const { anchorer, point, store } = await bench('signs');
  const at = { position: point.position };
  const { anchor, position, outcome } = await anchorer.anchor({ reason: SEALING, at, actor: ACTOR });
  expect(outcome).toBe('recorded');
  expect(await store.lastPosition()).toBe(position);
  expect(anchor).toMatchObject({
    storeId: await store.storeId(),
    sequence: 1,
    head: point.hash,
    reason: SEALING,
    madeAt: '2026-01-05T04:00:00.000Z',
  });
  expect(await new AnchorFolder(path.join(folder, 'signs')).read()).toEqual([
    { name: 'anchor-000000000001-sealing-abababab.json', anchor },
  ]);
  const keys = new Map([[fingerprintOf(publicKey), publicKey]]);
  expect(faultOfSignature(anchor, keys)).toBeUndefined();
  for (const changed of [
    { sequence: 2 },
    { head: 'ef'.repeat(32) },
    { madeAt: '2026-01-06T04:00:00.000Z' },
  ]) {
    expect(faultOfSignature({ ...anchor, ...changed }, keys)).toBe('signature');
  }
  const other = generateKeyPairSync('ed25519').publicKey;
  expect(faultOfSignature(anchor, new Map([[fingerprintOf(other), other]]))).toBe('unknownKey');
});

it('anchors one place for one reason once, and writes a lost file again', async () => {
  const { anchorer, store } = await bench('once');
  const [first, second] = await Promise.all([
    anchorer.anchor({ reason: SEALING, actor: ACTOR }),
    anchorer.anchor({ reason: SEALING, actor: ACTOR }),
  ]);
  expect(second.anchor).toEqual(first.anchor);
  const end = await store.lastPosition();
  unlinkSync(first.file);
  const again = await anchorer.anchor({ reason: SEALING, actor: ACTOR });
  expect(again).toMatchObject({ outcome: 'repeated', anchor: first.anchor, position: first.position });
  expect(readdirSync(path.dirname(first.file))).toHaveLength(1);
  expect(await store.lastPosition()).toBe(end);
});

it('refuses who may not, and a place where nothing is', async () => {
  const { anchorer, store } = await bench('refuses');
  const before = await store.lastPosition();
  const unit = { ...ACTOR, role: 'ImplementingUnit' };
  await expect(anchorer.anchor({ reason: SEALING, actor: unit })).rejects.toMatchObject({
    code: 'actor.notPermitted',
  });
  const at = { position: 'elsewhere' as never };
  await expect(anchorer.anchor({ reason: SEALING, actor: ACTOR, at })).rejects.toMatchObject({
    code: 'chain.noSuchPlace',
  });
  expect(await store.lastPosition()).toBe(before);
});

describe('the signing key', () => {
  it('of the embedded default is made once, for its owner only', async () => {
    const makeIn = path.join(folder, 'keys');
    const [first, second] = await Promise.all([
      loadSigningKey({ file: undefined, makeIn }),
      loadSigningKey({ file: undefined, makeIn }),
    ]);
    expect(fingerprintOf(second)).toBe(fingerprintOf(first));
    expect(statSync(path.join(makeIn, 'signing-key.pem')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['none named in production', undefined, 'chain.noSigningKey'],
    ['no such file', path.join(folder, 'missing.pem'), 'chain.badSigningKey'],
    ['no key in the file', 'package.json', 'chain.badSigningKey'],
  ])('%s: refused', async (_what, file, code) => {
    await expect(loadSigningKey({ file, makeIn: undefined })).rejects.toMatchObject({ code });
  });
});
