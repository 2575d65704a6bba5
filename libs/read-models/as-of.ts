import { isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { AsOf } from './views.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/u;

/** The two times as query parameters; null is no bound. @throws Refusal `asOf.unreadable` */
export function asOfParameters({ asKnownAt, asEffectiveOn }: AsOf): [string | null, string | null] {
  if (asKnownAt !== undefined && !(INSTANT.test(asKnownAt) && !Number.isNaN(Date.parse(asKnownAt)))) {
    throw new Refusal('asOf.unreadable', `“${asKnownAt}”不是可识别的时刻（应为带时区的 ISO 8601）`, {
      asKnownAt,
    });
  }
  if (asEffectiveOn !== undefined && !(asEffectiveOn.length === 10 && isPartialDate(asEffectiveOn))) {
    throw new Refusal('asOf.unreadable', `“${asEffectiveOn}”不是可识别的日期（应为年-月-日）`, {
      asEffectiveOn,
    });
  }
  return [asKnownAt ?? null, asEffectiveOn ?? null];
}

export function isAsOf({ asKnownAt, asEffectiveOn }: AsOf): boolean {
  return asKnownAt !== undefined || asEffectiveOn !== undefined;
}

/** The condition of a row with a stamp, for the parameters $1 and $2 of `asOfParameters`. */
export function asOfCondition(alias: string): string {
  return cameBy(`${alias}.recorded_at`, `${alias}.effective_to`);
}

/** The same of a row that keeps its reversal beside it: what was taken back by then does not count. */
export function standsCondition(alias: string): string {
  const reversed = cameBy(`${alias}.reversed_at`, `${alias}.reversed_to`);
  return `${asOfCondition(alias)} and (${alias}.reversed_at is null or not (${reversed}))`;
}

function cameBy(recorded: string, effective: string): string {
  return `($1::timestamptz is null or ${recorded} <= $1) and ($2::date is null or ${effective} <= $2)`;
}
