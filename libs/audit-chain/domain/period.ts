const PERIOD = /^([12]\d{3})(?:-(0[1-9]|1[0-2]))?$/u;

/**
 * The instant at which a year or month of China is over (ISO 8601, UTC), exclusive; undefined for any other text.
 * `2025` → `2025-12-31T16:00:00.000Z`.
 */
export function periodEnd(period: string): string | undefined {
  const match = PERIOD.exec(period);
  if (!match) return undefined;
  const [year, month] = [Number(match[1]), Number(match[2] ?? 12)];
  const CHINA_HOURS = 8;
  return new Date(Date.UTC(year, month, 1, -CHINA_HOURS)).toISOString();
}
