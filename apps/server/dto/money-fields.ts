import type { Json, JsonObject } from '#libs/event-store/port.js';
import { moneyView } from '#libs/kernel/money.js';
import { fenOf, isAmount } from './amount.js';

/**
 * A request's `amount: { yuan }` as the domain's `amountFen`, at any depth; keys that were left out stay out.
 * The shape was checked by the body's class, so an object with only `fen` or `yuan` is an amount.
 */
export function toDomain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toDomain);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    given.map(([key, item]) => (isAmount(item) ? [`${key}Fen`, fenOf(item)] : [key, toDomain(item)])),
  );
}

/** The way back, for answers: every `…Fen` text becomes `{ fen, yuan }` under the name without `Fen`. */
export function toView(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => toView(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]): [string, Json] =>
      typeof item === 'string' && /\wFen$/u.test(key) && /^-?\d+$/u.test(item)
        ? [key.slice(0, -3), { ...moneyView(BigInt(item)) }]
        : [key, toView(item)],
    ),
  );
}
