import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { EventUnreadable } from '#libs/projects/domain/codec-errors.js';
import { decodeStatementReconciled, encodeStatementReconciled } from './events.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const sample = (file: string) => JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as EventToDecode;

/** Reads the event and writes it again. */
const again: Record<string, (stored: EventToDecode) => object> = {
  StatementReconciled: (stored) => {
    const { data, envelope } = decodeStatementReconciled(stored);
    return encodeStatementReconciled(data, stored.id, envelope);
  },
};

it('every event of a reconciliation has a frozen sample, and no sample is of another type', () => {
  expect(readdirSync(SAMPLES).sort()).toEqual(
    Object.keys(again)
      .map((type) => `${type}.json`)
      .sort(),
  );
});

it.each(Object.keys(again))('%s is read as it was stored, and written the same again', (type) => {
  const stored = sample(`${type}.json`);
  const { id, data, metadata } = stored;
  expect(again[type]!(stored)).toEqual({ id, type, data, metadata });
});

it.each(Object.keys(again))(
  '%s is not read where it says more, or was written by a later version',
  (type) => {
    const stored = sample(`${type}.json`);
    const later = { ...stored, metadata: { ...stored.metadata, schemaVersion: 2 } };
    for (const other of [later, { ...stored, data: { ...stored.data, fileName: '' } }]) {
      expect(() => again[type]!(other)).toThrow(EventUnreadable);
    }
  },
);
