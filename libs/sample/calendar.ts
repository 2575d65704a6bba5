const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, `days` later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The last day of the month that is `months` after the month of `day`. */
export function monthEnd(day: string, months: number): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
}

/** Office hours in China on that day, as the UTC instant that a record carries. */
export function officeHour(day: string, minuteOfDay: number): string {
  return new Date(Date.parse(day) + (60 + minuteOfDay) * 60_000).toISOString();
}
