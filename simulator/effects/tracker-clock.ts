import { Temporal } from 'temporal-polyfill';
import { type ActiveFault, activeOf, numberParam, wordParam } from '../faults/fault.ts';

/** What is wrong with a tracker's clock: by a while, never set, set back by the receiver, or local time taken for UTC. */
export type ClockError =
  | { readonly kind: 'skew'; readonly offsetMs: number }
  | { readonly kind: 'unset' }
  | { readonly kind: 'week-rollover' }
  | { readonly kind: 'zone'; readonly timeZone: string };

/** The satellites count 1024 weeks and begin again. */
const ROLLOVER_MS = 1_024 * 7 * 86_400_000;

/** What a clock with an error shows. One that was never set counts from 1970, since the tracker was switched on. */
export function shownMs(error: ClockError, atMs: number, switchedOnMs: number): number {
  switch (error.kind) {
    case 'skew':
      return Math.max(0, atMs + error.offsetMs);
    case 'unset':
      return Math.max(0, atMs - switchedOnMs);
    case 'week-rollover':
      return atMs - ROLLOVER_MS;
    case 'zone':
      return atMs + zoneOffsetMs(error.timeZone, atMs);
  }
}

/** The error that a fault gives the clock at an instant; null for none. */
export function clockFaultAt(
  faults: readonly ActiveFault[],
  atMs: number,
  timeZone: string,
): ClockError | null {
  const [fault] = activeOf(faults, atMs, 'clock-skew');
  if (fault === undefined) return null;
  switch (wordParam(fault, 'kind', 'skew')) {
    case '1970':
      return { kind: 'unset' };
    case 'gps-week':
      return { kind: 'week-rollover' };
    case 'zone':
      return { kind: 'zone', timeZone: wordParam(fault, 'timeZone', timeZone) };
    default:
      return { kind: 'skew', offsetMs: numberParam(fault, 'seconds', 300) * 1_000 };
  }
}

/** How far a zone's clocks are ahead of UTC. */
function zoneOffsetMs(timeZone: string, atMs: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  return local.offsetNanoseconds / 1e6;
}
