import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import type { StatementChange, StatementDossier } from '#libs/findings/domain/statement.js';
import { regionName, type RegionCode } from '#libs/kernel/regions.js';
import { projectStream, type ProjectEvent } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { ReconciledKind } from '#libs/reconciliation/domain/events.js';
import { factOf } from '../facts.js';
import type { Subject } from './finding-book.js';
import type { Happened } from './moments.js';

/** Payments, receipts and their reversals, each with the regions that its project had when it was recorded. */
export const MONEY_FACTS = `
  select f.project_id as "projectId", f.event_id as id, f.position, f.event_type as type,
    f.effective as "effectiveDate", f.data, f.known_at, s.regions
  from finding_fact f cross join lateral (
    select regions from finding_subject s
    where s.subject_id = f.project_id::text and s.position <= greatest(f.position, s.entered)
    order by s.position desc limit 1) s
  where f.event_type in ('FundsPaid', 'FundsReceived', 'EntryReversed')`;

type FactKey = 'projectId' | 'id' | 'position' | 'type' | 'effectiveDate' | 'data';
export type MoneyFact = Pick<RecordedProjectEvent, FactKey> & { known_at: Date; regions: RegionCode[] };
export type PlacedMoney = MoneyChange & { regions: readonly RegionCode[] };

/** None where it is a reversal of something else. */
export function placedMoney({ regions, known_at, ...fact }: MoneyFact): PlacedMoney[] {
  const money = moneyChangeOf({ ...fact, recordedAt: known_at.toISOString() } as RecordedProjectEvent);
  return money ? [{ ...money, regions }] : [];
}

/** A statement as lists name it. */
export function statementSubject(id: string, { scope, fileName }: StatementDossier['reconciled']): Subject {
  const name = `${regionName(scope.region)}${scope.from}至${scope.to}对账单（${fileName}）`;
  return { id, kind: 'statement', name, category: null, regions: [scope.region] };
}

/** A payment or receipt that came or was reversed, with the place in the feed where it did. */
export interface MoneyChange extends Happened {
  change: StatementChange;
  kind: ReconciledKind;
  projectId: string;
  /** Business date of the item, also where it was reversed. */
  on: PartialDate;
  /** The last day that the date of the change can mean: of a reversal, not before that of the item. */
  effectiveTo: string;
}

/** The change that an event makes to what statements are compared with; undefined for events that make none. */
export function moneyChangeOf(recorded: Parameters<typeof factOf>[0]): MoneyChange | undefined {
  const { event, sign, happened, stamp } = factOf(recorded);
  const money = moneyOf(event);
  if (!money) return undefined;
  const { kind, source, amountFen } = money;
  const { position, recordedAt, projectId, eventId, effectiveTo } = stamp;
  const change = sign === 1 ? ('added' as const) : ('reversed' as const);
  const itemId = stamp.reverses ?? eventId;
  return {
    change: { change, itemId, byEventId: eventId, source, amountFen },
    stream: projectStream(projectId),
    position,
    recordedAt,
    event: recorded,
    kind,
    projectId,
    on: happened,
    effectiveTo,
  };
}

function moneyOf({ type, data }: ProjectEvent) {
  if (type !== 'FundsPaid' && type !== 'FundsReceived') return undefined;
  const { source, amountFen } = data;
  return { kind: type === 'FundsPaid' ? ('payment' as const) : ('receipt' as const), source, amountFen };
}

/** First and last day that the dates of these can mean; undefined where there are none. */
export function daysOf(money: readonly MoneyChange[]): [first: string, last: string] | undefined {
  if (money.length === 0) return undefined;
  const first = money.map(({ on }) => earliestDay(on)).reduce((a, b) => (a < b ? a : b));
  return [first, money.map(({ on }) => latestDay(on)).reduce((a, b) => (a > b ? a : b))];
}
