import { readFileSync, readdirSync } from 'node:fs';
import { EventUnreadable } from '../codec-errors.js';
import type { EventToDecode } from '../codec.js';

/**
 * Holds a codec to its frozen samples, one `TYPE.json` a type.
 *
 * @param again reads the event of a type and writes it again
 * @param spoilt data of an event that its schema does not allow
 */
export function frozenSamples(
  samples: URL,
  again: Readonly<Record<string, (stored: EventToDecode) => object>>,
  spoilt: (data: EventToDecode['data']) => EventToDecode['data'],
): void {
  const sample = (type: string) =>
    JSON.parse(readFileSync(new URL(`${type}.json`, samples), 'utf8')) as EventToDecode;

  it('every event has a frozen sample, and no sample is of another type', () => {
    expect(readdirSync(samples).sort()).toEqual(
      Object.keys(again)
        .map((type) => `${type}.json`)
        .sort(),
    );
  });

  it.each(Object.keys(again))('%s is read as it was stored, and written the same again', (type) => {
    const stored = sample(type);
    const { id, data, metadata } = stored;
    expect(again[type]!(stored)).toEqual({ id, type, data, metadata });
  });

  it.each(Object.keys(again))(
    '%s is not read where its data do not fit, or was written by a later version',
    (type) => {
      const stored = sample(type);
      const later = { ...stored, metadata: { ...stored.metadata, schemaVersion: 2 } };
      for (const other of [later, { ...stored, data: spoilt(stored.data) }]) {
        expect(() => again[type]!(other)).toThrow(EventUnreadable);
      }
    },
  );
}
