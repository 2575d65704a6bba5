import { chinaDay } from '#libs/kernel/partial-date.js';

/** The calendar day in China now, `YYYY-MM-DD`. */
export function today(): string {
  return chinaDay(new Date());
}
