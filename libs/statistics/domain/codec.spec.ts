import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { partsOfId, STATISTICS_EVENT_SCHEMAS, statisticsCodec } from './events.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const TYPES = Object.keys(STATISTICS_EVENT_SCHEMAS);
const sample = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, SAMPLES), 'utf8')) as EventToDecode;

it('events of statistics have a frozen sample each, and no sample is of another type', () => {
  expect(readdirSync(SAMPLES).sort()).toEqual(TYPES.map((type) => `${type}.json`).sort());
});

it.each(TYPES)('%s is read as it was stored, and written the same again', (type) => {
  const stored = sample(type);
  const read = statisticsCodec.decode(stored);
  expect(partsOfId(read.streamId)).toEqual({ region: '990100', period: '2025' });
  const { id, data, metadata } = statisticsCodec.encode(read, read.id, read.envelope);
  expect({ id, data, metadata }).toEqual({ id: stored.id, data: stored.data, metadata: stored.metadata });
});
