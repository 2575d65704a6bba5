import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { decodePlanEvent, encodePlanEvent } from './codec.js';
import { PLAN_EVENT_SCHEMAS } from './events.js';
import { planIdOf, readPlanId } from './plan-id.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const TYPES = Object.keys(PLAN_EVENT_SCHEMAS);
const sample = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, SAMPLES), 'utf8')) as EventToDecode;

describe('events of plans', () => {
  it('have a frozen sample each, and no sample is of another type', () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(TYPES.map((type) => `${type}.json`).sort());
  });

  it.each(TYPES)('%s is read as it was stored, and written the same again', (type) => {
    const stored = sample(type);
    const read = decodePlanEvent(stored);
    expect(read).toMatchObject({ type, data: stored.data, planId: stored.stream.slice('plan-'.length) });
    const { id, data, metadata } = encodePlanEvent(read, read.id, read.envelope);
    expect({ id, data, metadata }).toEqual({ id: stored.id, data: stored.data, metadata: stored.metadata });
  });

  it.each([
    ['/data/value', { data: { ...sample('TargetSet').data, value: { kind: 'exact', value: '4.50.1' } } }],
    ['/data/value', { data: { ...sample('TargetSet').data, value: { kind: 'exact', value: 4.5 } } }],
    ['/metadata', { metadata: {} }],
    ['/data', { metadata: { ...sample('TargetSet').metadata, schemaVersion: 2 } }],
    ['/type', { type: 'PlanLost' }],
    ['/stream', { stream: 'project-1' }],
  ])('name what does not fit at %s', (path, wrong) => {
    const read = () => decodePlanEvent({ ...sample('TargetSet'), ...wrong });
    expect(read).toThrow(
      expect.objectContaining({
        code: 'event.unreadable',
        path: expect.stringContaining(path) as string,
      }) as Error,
    );
  });

  it('of an older schema are carried to the current one, inside a reversal too', () => {
    const upcasters = { TargetSet: [(data: object) => ({ ...data, note: '旧版' })] };
    expect(decodePlanEvent(sample('TargetSet'), upcasters).data).toMatchObject({ note: '旧版' });
    expect(decodePlanEvent(sample('EntryReversed'), upcasters).data).toMatchObject({
      reversed: { schemaVersion: 2, data: { note: '旧版' } },
    });
  });

  it('are never stored where they could not be read', () => {
    const { envelope } = decodePlanEvent(sample('TaskReported'));
    const data = { taskId: 'x', region: '990101', state: 'done' as const, note: '完成' };
    expect(() => encodePlanEvent({ type: 'TaskReported', data }, 'e', envelope)).toThrow(
      expect.objectContaining({ code: 'event.unwritable', path: '/data/taskId' }) as Error,
    );
  });
});

it.each([
  ['513400-2023-2025', { region: '513400', period: { from: 2023, to: 2025 } }],
  ['610000-xixian-2023-2025', { region: '610000', area: 'xixian', period: { from: 2023, to: 2025 } }],
])('the id %s says region, area and period', (id, key) => {
  expect(readPlanId(id)).toEqual(key);
  expect(planIdOf(key)).toBe(id);
});

it.each(['513400', '513400-2023', '513400-Xixian-2023-2025', '513400-2023-2025-1', ''])(
  '“%s” is no id of a plan',
  (id) => {
    expect(readPlanId(id)).toBeUndefined();
  },
);
