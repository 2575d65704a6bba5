import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import { encodeProjectEvents } from '#libs/projects/domain/codec.js';
import { projectStream, type ProjectDetails, type ProjectEvent } from '#libs/projects/domain/events.js';

/** An event to be recorded in a specification. */
export interface Happening {
  projectId: string;
  event: ProjectEvent;
  effective: PartialDate;
  /** Default: noon of a day that moves on with each event. */
  recordedAt?: string;
  documentNumber?: string;
  /** Default: `eventId` of its place. */
  id?: string;
}

const STORE = idFor('specification store');
export const ACTOR = {
  user: '示例经办人',
  unit: '示例州发展改革委',
  role: 'DevelopmentReform',
  region: '990100',
};

/** Id of the nth event recorded, from 0. */
export const eventId = (n: number): string => idFor('specification event', String(n));
export const projectId = (n: number): string => idFor('specification project', String(n));

/** The happenings as a store gives them back, in the order told. */
export function recorded(happenings: readonly Happening[]): StoredEvent[] {
  const revisions = new Map<string, number>();
  return happenings.map(({ projectId: id, event, effective, recordedAt, documentNumber, id: own }, n) => {
    const revision = revisions.get(id) ?? 0;
    revisions.set(id, revision + 1);
    const commandId = idFor('specification command', String(n));
    const [encoded] = encodeProjectEvents([{ ...event, id: own ?? eventId(n) }], {
      commandId,
      commandDigest: '0'.repeat(64),
      actor: ACTOR,
      effectiveDate: effective,
      recordedAt: recordedAt ?? new Date(Date.UTC(2026, 0, 1 + n, 12)).toISOString(),
      evidence: documentNumber === undefined ? [] : [{ documentNumber }],
      correlationId: commandId,
      causationId: commandId,
    });
    return {
      ...encoded!,
      stream: projectStream(id),
      revision,
      position: makePosition(STORE, n.toString(16).padStart(16, '0')),
    };
  });
}

/** The reversal of the nth happening. */
export function reversalOf(happenings: readonly Happening[], n: number, effective: PartialDate): Happening {
  const { projectId: id, event, effective: effectiveDate } = happenings[n]!;
  const reversed = {
    id: eventId(n),
    type: event.type,
    effectiveDate,
    data: event.data as Record<string, unknown>,
  };
  return {
    projectId: id,
    event: { type: 'EntryReversed', data: { reversed, reason: '登记有误' } },
    effective,
  };
}

/** Details of a made-up project in 示例州. */
export function details(name: string, more: Partial<ProjectDetails> = {}): ProjectDetails {
  return {
    name,
    category: 'ElderlyCare',
    regions: ['990101'],
    place: '示例1县',
    implementingUnits: ['示例1县民政局'],
    plannedCapacity: {},
    ...more,
  };
}

export const wan = (amount: number): string => (BigInt(amount) * 1_000_000n).toString();
