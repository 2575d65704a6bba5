import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { decodeFundPlanEvent, encodeFundPlanEvent } from './codec.js';
import { FUND_PLAN_EVENT_SCHEMAS, fundPlanId } from './events.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const TYPES = Object.keys(FUND_PLAN_EVENT_SCHEMAS);
const sample = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, SAMPLES), 'utf8')) as EventToDecode;

describe('events of plan documents', () => {
  it('have a frozen sample each, and no sample is of another type', () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(TYPES.map((type) => `${type}.json`).sort());
  });

  it.each(TYPES)('%s is read as it was stored, and written the same again', (type) => {
    const stored = sample(type);
    const read = decodeFundPlanEvent(stored);
    expect(read).toMatchObject({ type, data: stored.data, planId: stored.stream.slice('fund-plan-'.length) });
    const { id, data, metadata } = encodeFundPlanEvent(read, read.id, read.envelope);
    expect({ id, data, metadata }).toEqual({ id: stored.id, data: stored.data, metadata: stored.metadata });
  });

  it.each([
    ['/data/amountFen', { data: { ...sample('AllocationDrawn').data, amountFen: '-1' } }],
    // A member that is wrong says more than that others are missing.
    ['/data/amountFen', { data: { amountFen: '-1' } }],
    ['/metadata', { metadata: {} }],
    ['/data', { metadata: { ...sample('AllocationDrawn').metadata, schemaVersion: 2 } }],
    ['/type', { type: 'PlanLost' }],
    ['/stream', { stream: 'project-1' }],
  ])('name what does not fit at %s', (path, wrong) => {
    const read = () => decodeFundPlanEvent({ ...sample('AllocationDrawn'), ...wrong });
    expect(read).toThrow(expect.objectContaining({ code: 'event.unreadable', path }) as Error);
  });

  it('are never stored where they could not be read', () => {
    const { envelope } = decodeFundPlanEvent(sample('AllocationDrawn'));
    const data = { allocationId: 'x', projectId: 'y', amountFen: '1' };
    expect(() => encodeFundPlanEvent({ type: 'AllocationDrawn', data }, 'e', envelope)).toThrow(
      expect.objectContaining({ code: 'event.unwritable', path: '/data/allocationId' }) as Error,
    );
  });
});

it('one document number is one document, however its brackets and digits were typed', () => {
  const spellings = ['示例发改〔2025〕8号', '示例发改[2025]8号', '示例发改【2025】8 号', '示例发改(2025)8号'];
  expect(new Set(spellings.map(fundPlanId)).size).toBe(1);
  expect(fundPlanId('示例发改〔2025〕9号')).not.toBe(fundPlanId('示例发改〔2025〕8号'));
});
