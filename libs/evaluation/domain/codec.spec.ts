import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { EVALUATION_EVENT_SCHEMAS, evaluationCodec, sealId, type Sealed } from './events.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const TYPES = Object.keys(EVALUATION_EVENT_SCHEMAS);
const sample = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, SAMPLES), 'utf8')) as EventToDecode;

it('events of an evaluation have a frozen sample each, and no sample is of another type', () => {
  expect(readdirSync(SAMPLES).sort()).toEqual(TYPES.map((type) => `${type}.json`).sort());
});

it.each(TYPES)('%s is read as it was stored, and written the same again', (type) => {
  const stored = sample(type);
  const read = evaluationCodec.decode(stored);
  expect(read).toMatchObject({ type, data: stored.data, streamId: '990100-2025' });
  const { id, data, metadata } = evaluationCodec.encode(read, read.id, read.envelope);
  expect({ id, data, metadata }).toEqual({ id: stored.id, data: stored.data, metadata: stored.metadata });
});

it.each([
  ['/data/digest', { data: { ...sample('EvaluationSealed').data, digest: 'c0ffee' } }],
  // A member that is wrong says more than that others are missing.
  ['/data/digest', { data: { digest: 'c0ffee' } }],
  ['/metadata', { metadata: {} }],
  ['/data', { metadata: { ...sample('EvaluationSealed').metadata, schemaVersion: 2 } }],
  ['/type', { type: 'EvaluationForgotten' }],
  ['/stream', { stream: 'project-1' }],
])('names what does not fit at %s', (path, wrong) => {
  expect(() => evaluationCodec.decode({ ...sample('EvaluationSealed'), ...wrong })).toThrow(
    expect.objectContaining({ code: 'event.unreadable', path }) as Error,
  );
});

it('is never stored where it could not be read', () => {
  const { envelope, id } = evaluationCodec.decode(sample('EvaluationScored'));
  const data = {
    sheet: { id: 'x', version: 1 },
    scores: [{ item: 'E1', points: '9.555', evidence: [{ note: '示例' }] }],
  };
  expect(() => evaluationCodec.encode({ type: 'EvaluationScored', data }, id, envelope)).toThrow(
    expect.objectContaining({ code: 'event.unwritable', path: '/data/scores/0/points' }) as Error,
  );
});

it('is known by its content and where it was taken', () => {
  const sealed = sample('EvaluationSealed').data as unknown as Sealed;
  expect(sealId(sealed)).toBe(sealId({ ...sealed }));
  expect(sealId({ ...sealed, position: `${sealed.storeId}:00000000000000ff` })).not.toBe(sealId(sealed));
});
