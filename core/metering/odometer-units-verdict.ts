import { MICROMETRES_PER_MILE } from '../base/distance.ts';

/** Rule M12: what the odometer's distance is worth beside the distance between positions. */
export type UnitsVerdict =
  | 'ok'
  | 'reported_km_labelled_miles'
  | 'reported_miles_labelled_km'
  | 'stuck'
  | 'divergence'
  | 'insufficient';

/** A window with fewer miles than this on either side says nothing. */
export const WINDOW_MICROMETRES = 50 * MICROMETRES_PER_MILE;
/** An odometer that stands still is told sooner. */
export const STUCK_MICROMETRES = 10 * MICROMETRES_PER_MILE;

/** Quotients of odometer and GPS, in hundred thousandths: 1.609 and 0.621, 3 % either side. */
const OK = [95_000, 110_000] as const;
const KM_LABELLED_MILES = [156_073, 165_727] as const;
const MILES_LABELLED_KM = [60_237, 63_963] as const;

/** The verdict on one window; whole micrometres, neither negative. */
export function odometerUnitsVerdict(odometerMicrometres: number, gpsMicrometres: number): UnitsVerdict {
  if (odometerMicrometres === 0 && gpsMicrometres >= STUCK_MICROMETRES) return 'stuck';
  if (Math.max(odometerMicrometres, gpsMicrometres) < WINDOW_MICROMETRES) return 'insufficient';
  const isWithin = ([low, high]: readonly [number, number]): boolean => {
    const quotient = BigInt(odometerMicrometres) * 100_000n;
    const gps = BigInt(gpsMicrometres);
    return quotient >= gps * BigInt(low) && quotient <= gps * BigInt(high);
  };
  if (isWithin(OK)) return 'ok';
  if (isWithin(KM_LABELLED_MILES)) return 'reported_km_labelled_miles';
  return isWithin(MILES_LABELLED_KM) ? 'reported_miles_labelled_km' : 'divergence';
}
