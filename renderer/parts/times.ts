/** Instants and ages as people at a desk read them. UTC where evidence is concerned, local beside it. */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** How old something is: "0 s", "42 s", "4 m 12 s", "3 h 05 m", "2 d 4 h". A clock slightly ahead reads as 0. */
export function ageWords(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s`;
  if (age < HOUR_MS)
    return `${Math.floor(age / MINUTE_MS)} m ${twoDigits(((age % HOUR_MS) % MINUTE_MS) / SECOND_MS)} s`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h ${twoDigits((age % HOUR_MS) / MINUTE_MS)} m`;
  return `${Math.floor(age / DAY_MS)} d ${Math.floor((age % DAY_MS) / HOUR_MS)} h`;
}

/** "14:03:07" in UTC. */
export function utcTime(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(11, 19);
}

/** "2026-11-22 14:03:07.250Z": whole and unmistakable, for evidence. */
export function utcInstant(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('T', ' ');
}

/** "22 Nov 14:03:07 GMT" in the time zone of a contract, or of this machine when none is given. */
export function zonedTime(instantMs: number, timeZone?: string): string {
  return zonedFormat(timeZone, 'short').format(instantMs).replace(',', '');
}

/** "22 Nov 14:03:07" in a time zone that is named beside it. */
export function zonedInstant(instantMs: number, timeZone: string): string {
  return zonedFormat(timeZone, undefined).format(instantMs).replace(',', '');
}

function zonedFormat(timeZone: string | undefined, timeZoneName: 'short' | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(timeZoneName === undefined ? {} : { timeZoneName }),
  });
}

/** "14:03:07" on this machine's clock. */
export function localTime(instantMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(instantMs);
}

/** A local day "2026-11-22" as "Sun 22 Nov". */
export function dayWords(day: string): string {
  return dayFormat.format(Date.parse(`${day}T00:00:00Z`)).replace(',', '');
}

/** A local day as "22 Nov", for an axis. */
export function shortDay(day: string): string {
  return shortDayFormat.format(Date.parse(`${day}T00:00:00Z`));
}

/** A local day as "22 Nov 2026", for books. */
export function fullDay(day: string): string {
  return fullDayFormat.format(Date.parse(`${day}T00:00:00Z`));
}

/** The days of a period whose end is not included: "1 Mar – 31 Mar 2026". */
export function periodDays(startDay: string, endDay: string): string {
  const last = new Date(Date.parse(`${endDay}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  if (last <= startDay) return fullDay(startDay);
  const isOneYear = startDay.slice(0, 4) === last.slice(0, 4);
  return `${isOneYear ? shortDay(startDay) : fullDay(startDay)} – ${fullDay(last)}`;
}

/** "22 Nov 2026 14:03:07 UTC": an as-of moment for people. */
export function utcMoment(instantMs: number): string {
  return `${fullDay(utcInstant(instantMs).slice(0, 10))} ${utcTime(instantMs)} UTC`;
}

const fullDayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const shortDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
