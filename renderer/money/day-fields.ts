const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** What a field of a day says of itself when it holds something else. */
export const DAY_PROBLEM = 'give a day like 2026-03-31';

/** A day as it was typed, "2026-03-31"; null for one that is empty or no date. */
export function parseDay(text: string): string | null {
  const typed = text.trim();
  if (!DAY.test(typed)) return null;
  const atMs = Date.parse(`${typed}T00:00:00Z`);
  // A 31st of February is taken for a 3rd of March: it has to read back as it was typed.
  return Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== typed ? null : typed;
}

/** The last day of a period whose end is not included. */
export function lastDayOf({ endDay }: { readonly endDay: string }): string {
  return daysAfter(endDay, -1);
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day as it was typed, when it lies in the period. */
export function dayInPeriod(
  text: string,
  { startDay, endDay }: { readonly startDay: string; readonly endDay: string },
): string | null {
  const day = parseDay(text);
  return day !== null && day >= startDay && day < endDay ? day : null;
}
