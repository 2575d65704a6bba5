import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from './codec-errors.js';
import { decodeProjectEvent, encodeProjectEvents, type EventToDecode } from './codec.js';
import { PROJECT_EVENT_SCHEMAS, type ProjectEventType } from './events.js';
import { CURRENT_VERSIONS, type Upcasters } from './upcasters.js';

const SAMPLES = new URL('./samples/', import.meta.url);
const TYPES = Object.keys(PROJECT_EVENT_SCHEMAS) as ProjectEventType[];

function sample(type: ProjectEventType, version = 1): EventToDecode {
  return JSON.parse(readFileSync(new URL(`v${version}/${type}.json`, SAMPLES), 'utf8')) as EventToDecode;
}

function changed(
  event: EventToDecode,
  { data = {}, metadata = {} }: { data?: object; metadata?: object },
): EventToDecode {
  return {
    ...event,
    data: { ...event.data, ...data },
    metadata: { ...event.metadata, ...metadata },
  };
}

function failure(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('frozen samples', () => {
  const versions = TYPES.flatMap((type) =>
    Array.from({ length: CURRENT_VERSIONS[type] }, (_, n) => [type, n + 1] as const),
  );

  it.each(versions)('%s of version %i exists and is read', (type, version) => {
    expect(existsSync(new URL(`v${version}/${type}.json`, SAMPLES))).toBe(true);
    const stored = sample(type, version);
    expect(stored.metadata).toMatchObject({ schemaVersion: version });
    expect(decodeProjectEvent(stored)).toMatchObject({ type, id: stored.id, revision: stored.revision });
  });

  it('are samples of known types and versions', () => {
    const files = readdirSync(SAMPLES).flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, SAMPLES)).map((file) => `${folder}/${file}`),
    );
    expect(files.sort()).toEqual(versions.map(([type, version]) => `v${version}/${type}.json`).sort());
  });
});

describe('reading', () => {
  const paid = sample('FundsPaid');

  it('gives the stored objects themselves, with stream, revision and effective date', () => {
    const read = decodeProjectEvent(paid);
    expect(read.data).toBe(paid.data);
    expect(read.envelope).toBe(paid.metadata);
    expect(read).toMatchObject({
      projectId: '9a1c1f4e-0000-4000-8000-000000000001',
      revision: paid.revision,
      position: paid.position,
      effectiveDate: '2025-08-15',
    });
  });

  it('lets a store add metadata of its own', () => {
    expect(decodeProjectEvent(changed(paid, { metadata: { $causationId: 'x' } })).id).toBe(paid.id);
  });

  describe('from a store that gives members of the metadata by themselves', () => {
    const lazily = (event: EventToDecode): EventToDecode => ({
      ...event,
      metadataMembers: (names) => names.map((name) => event.metadata[name]),
    });
    const withoutActor = lazily(changed(paid, { metadata: { actor: null } }));

    it('is the same', () => {
      const [read, whole] = [decodeProjectEvent(lazily(paid)), decodeProjectEvent(paid)];
      expect({ ...read, envelope: read.envelope }).toEqual({ ...whole, envelope: whole.envelope });
    });

    it('checks the rest of the envelope when that is asked for', () => {
      const read = decodeProjectEvent(withoutActor);
      expect(read).toMatchObject({ effectiveDate: '2025-08-15', recordedAt: paid.metadata['recordedAt'] });
      expect(failure(() => read.envelope)).toMatchObject({
        code: 'event.unreadable',
        path: '/metadata/actor',
      });
    });

    it.each([
      ['/metadata/effectiveDate', { effectiveDate: '2025年' }],
      ['/metadata/recordedAt', { recordedAt: 'yesterday' }],
      ['/metadata/schemaVersion', { schemaVersion: 0 }],
      ['/data', { schemaVersion: 3 }],
    ])('checks at once what every reader needs: %s', (path, metadata) => {
      expect(failure(() => decodeProjectEvent(lazily(changed(paid, { metadata }))))).toMatchObject({ path });
    });
  });

  it.each([
    ['/data/amountFen', changed(paid, { data: { amountFen: '1.5' } })],
    ['/data/amountFen', changed(paid, { data: { amountFen: 15 } })],
    ['/data/bonus', changed(paid, { data: { bonus: true } })],
    ['/data', { ...paid, data: { source: 'SelfRaised' } }],
    ['/metadata/effectiveDate', changed(paid, { metadata: { effectiveDate: '2025年' } })],
    [
      '/metadata/actor/region',
      changed(paid, { metadata: { actor: { user: 'u', unit: 'u', role: 'r', region: '51' } } }),
    ],
    ['/metadata', { ...paid, metadata: {} }],
    ['/type', { ...paid, type: 'FundsLost' }],
    ['/stream', { ...paid, stream: 'plan-513400-2023' }],
    ['/data', changed(paid, { metadata: { schemaVersion: 3 } })],
  ])('names what does not fit at %s', (path, stored) => {
    const error = failure(() => decodeProjectEvent(stored)) as EventUnreadable;
    expect(error).toBeInstanceOf(EventUnreadable);
    expect(error).toMatchObject({
      code: 'event.unreadable',
      stream: stored.stream,
      revision: paid.revision,
      type: stored.type,
      path,
    });
    expect(error.message).toContain(
      `${paid.revision}@${stored.stream} (${stored.type}) is unreadable at ${path}: `,
    );
  });

  it('reads what a reversal repeats, as strictly', () => {
    const reversal = sample('EntryReversed');
    const reversed = reversal.data['reversed'] as JsonObject;
    const bad = changed(reversal, { data: { reversed: { ...reversed, data: { amountFen: '1' } } } });
    expect(failure(() => decodeProjectEvent(bad))).toMatchObject({ path: '/data/reversed/data' });
  });
});

describe('writing', () => {
  const { commandId, ...rest } = sample('ProjectWithdrawn').metadata as Record<string, never>;
  const envelope = { commandId, ...rest } as never;

  it('stamps the version and survives reading', () => {
    const data = { reason: '示例原因' };
    const [encoded] = encodeProjectEvents([{ type: 'ProjectWithdrawn', data, id: 'e1' }], envelope);
    expect(encoded).toMatchObject({
      id: 'e1',
      type: 'ProjectWithdrawn',
      data,
      metadata: { schemaVersion: 1 },
    });
    const stored = { ...encoded!, stream: 'project-p1', revision: 3, position: 'p' };
    expect(decodeProjectEvent(stored)).toMatchObject({ data, projectId: 'p1', revision: 3 });
  });

  it('stores nothing that could not be read again', () => {
    const error = failure(() =>
      encodeProjectEvents([{ type: 'ProjectWithdrawn', data: { reason: '' }, id: 'e1' }], envelope),
    );
    expect(error).toBeInstanceOf(EventUnwritable);
    expect(error).toMatchObject({ code: 'event.unwritable', path: '/data/reason' });
    const noActor = { ...(envelope as object), actor: undefined } as never;
    expect(
      failure(() =>
        encodeProjectEvents([{ type: 'ProjectWithdrawn', data: { reason: 'x' }, id: 'e1' }], noActor),
      ),
    ).toMatchObject({ path: expect.stringContaining('/metadata') as string });
  });
});

describe('upcasting', () => {
  /** Only here: withdrawals that said `why` first, then `cause`, and say `reason` today. */
  const upcasters: Upcasters = {
    ProjectWithdrawn: [({ why, ...data }) => ({ ...data, cause: why! }), ({ cause }) => ({ reason: cause! })],
  };
  const written = (version: number, data: JsonObject): EventToDecode => ({
    ...changed(sample('ProjectWithdrawn'), { metadata: { schemaVersion: version } }),
    data,
  });

  it.each([
    [1, { why: '甲' }],
    [2, { cause: '甲' }],
    [3, { reason: '甲' }],
  ])('carries version %i to the current one', (version, data) => {
    expect(decodeProjectEvent(written(version, data), upcasters).data).toEqual({ reason: '甲' });
  });

  it('checks what comes out of the chain, and refuses a version of the future', () => {
    const misfit = written(2, { why: '甲' });
    expect(failure(() => decodeProjectEvent(misfit, upcasters))).toMatchObject({ path: '/data/reason' });
    expect(failure(() => decodeProjectEvent(written(4, { reason: '甲' }), upcasters))).toMatchObject({
      expected: 'schema version 3 or older, not 4',
    });
  });

  it('carries what a reversal repeats from the version it was repeated in', () => {
    const reversal = sample('EntryReversed');
    const repeated = (more: object) => {
      const reversed = { ...(reversal.data['reversed'] as JsonObject), type: 'ProjectWithdrawn', ...more };
      return decodeProjectEvent(changed(reversal, { data: { reversed } }), upcasters).data;
    };
    const current = { reversed: { type: 'ProjectWithdrawn', data: { reason: '甲' }, schemaVersion: 3 } };
    expect(repeated({ data: { why: '甲' } })).toMatchObject(current);
    expect(repeated({ data: { cause: '甲' }, schemaVersion: 2 })).toMatchObject(current);
    expect(repeated({ data: { reason: '甲' }, schemaVersion: 3 })).toMatchObject(current);
  });
});
