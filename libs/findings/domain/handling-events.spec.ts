import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import type { HandlingStep } from './handling.js';
import { decodeHandlingStep, encodeHandlingStep, findingStream, readFindingId } from './handling-events.js';

const key = { rule: 'M8', subjectId: idFor('a project') };
const step: HandlingStep = { kind: 'closed', basis: 'a'.repeat(64), said: { note: '已核实' } };
const envelope = {
  commandId: idFor('a command'),
  commandDigest: '0'.repeat(64),
  actor: { user: '示例', unit: '示例州审计局', role: 'Audit', region: '990100' },
  effectiveDate: '2026-06-01',
  recordedAt: '2026-06-01T04:00:00.000Z',
  evidence: [],
  correlationId: idFor('a command'),
  causationId: idFor('a command'),
};
const stored = (change: Partial<StoredEvent> = {}): StoredEvent => ({
  ...encodeHandlingStep(step, idFor('an event'), envelope),
  stream: findingStream(key),
  revision: 0,
  position: makePosition(idFor('a store'), '0'.repeat(16)),
  ...change,
});

it('reads back what it wrote', () => {
  expect(decodeHandlingStep(stored())).toEqual({
    ...key,
    ...step,
    id: idFor('an event'),
    envelope: { ...envelope, schemaVersion: 1 },
  });
});

it.each<[string, Partial<StoredEvent>]>([
  ['an unknown type', { type: 'FindingForgotten' }],
  ['a stream of something else', { stream: 'finding-nothing' }],
  ['data that say too little', { data: { basis: 'a'.repeat(64) } }],
  ['data that say too much', { data: { basis: 'a'.repeat(64), note: '核实', extra: '1' } }],
])('does not read %s', (_, change) => {
  expect(() => decodeHandlingStep(stored(change))).toThrow(/finding-/u);
});

it('does not write what it would not read', () => {
  expect(() => encodeHandlingStep({ ...step, basis: 'short' }, idFor('an event'), envelope)).toThrow();
});

it('knows the id of a finding', () => {
  expect(readFindingId(`M8-${key.subjectId}`)).toEqual(key);
  expect(readFindingId('M10-513400-2025')).toEqual({ rule: 'M10', subjectId: '513400-2025' });
  for (const id of ['M8', 'M8-', `m8-${key.subjectId}`, `M8-${key.subjectId}/x`, `M8-${'x'.repeat(81)}`]) {
    expect(readFindingId(id)).toBeUndefined();
  }
});
