const DAY_MS = 86_400_000;

/** Days since 1970 of each day met, and back: a few thousand entries that save most of the work with dates. */
const numbers = new Map<string, number>();
const names = new Map<number, string>();

/** `YYYY-MM-DD`, `days` later. */
export function addDays(day: string, days: number): string {
  const number = numberOf(day) + days;
  let name = names.get(number);
  if (name === undefined) names.set(number, (name = new Date(number * DAY_MS).toISOString().slice(0, 10)));
  return name;
}

function numberOf(day: string): number {
  let number = numbers.get(day);
  if (number === undefined) numbers.set(day, (number = Date.parse(day) / DAY_MS));
  return number;
}

/** The last day of the month that is `months` after the month of `day`. */
export function monthEnd(day: string, months: number): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
}

/** A minute of the working day in China (9 to 17 o'clock), as the UTC instant that a record carries: the same day. */
export function officeHour(day: string, minuteOfDay: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day}T${two(1 + Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}:00.000Z`;
}
