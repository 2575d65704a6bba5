/** Calendar days as `YYYY-MM-DD`: they compare as text. */
export type Day = string;
/** `YYYY-MM`. */
export type Month = string;

/** The same day `months` later; the last day of that month where it has no such day (31 August + 6 → 28 February). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = partsOf(day);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return dayOf(
    new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(dayOfMonth, last.getUTCDate()))),
  );
}

export function addDays(day: Day, days: number): Day {
  const [year, month, dayOfMonth] = partsOf(day);
  return dayOf(new Date(Date.UTC(year, month - 1, dayOfMonth + days)));
}

export const dayAfter = (day: Day): Day => addDays(day, 1);
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const nextMonth = (month: Month): Month => monthOf(addMonths(`${month}-01`, 1));

function partsOf(day: Day): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}
