import fc from 'fast-check';
import { digestOf } from '#libs/kernel/canonical.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { eventDigest, GENESIS, nextPlace, type ChainedEvent } from './link.js';

const event: ChainedEvent = {
  id: '11111111-1111-5111-8111-111111111111',
  stream: 'project-1',
  revision: 0,
  type: 'ProjectEnteredPool',
  data: { name: '示例养老院', amountFen: '100' },
  metadata: { recordedAt: '2026-01-01T00:00:00.000Z' },
};

it('hashes the same bytes in every release: these are published', () => {
  const digest = eventDigest(event);
  expect(digest).toBe('ab29b3bb36afbe497e1a52faf3a5b8a3ee4bfdd208ec4fbed9de32613acdc9bb');
  expect(nextPlace(GENESIS, digest)).toEqual({
    sequence: 1,
    hash: '6214b549c50848060b725e7adc20eea583b20927c976b8608aabd6788481f6e0',
  });
});

it('puts sequence, hash before and event into the hashed bytes, as RFC 8785 spells them', () => {
  const previous = { sequence: 41, hash: 'ab'.repeat(32) };
  const digest = eventDigest(event);
  expect(nextPlace(previous, digest).hash).toBe(
    digestOf({ sequence: 42, previous: previous.hash, event: digest }),
  );
});

it('does not depend on the order of keys, and does on every value', () => {
  const shuffled = { ...event, data: { amountFen: '100', name: '示例养老院' } };
  expect(eventDigest(shuffled)).toBe(eventDigest(event));
  const json = fc.json().map((text) => ({ value: JSON.parse(text) as unknown }) as JsonObject);
  fc.assert(
    fc.property(json, json, (a, b) => {
      const same = eventDigest({ ...event, data: a }) === eventDigest({ ...event, data: b });
      expect(same).toBe(digestOf(a) === digestOf(b));
    }),
  );
  for (const other of [
    { id: '21111111-1111-5111-8111-111111111111' },
    { stream: 'project-2' },
    { revision: 1 },
    { type: 'ProjectDelisted' },
    { metadata: {} },
  ]) {
    expect(eventDigest({ ...event, ...other })).not.toBe(eventDigest(event));
  }
});
