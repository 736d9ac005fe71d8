import { assert } from '../../core/base/assert.ts';

/** A decimal value exactly as it goes over the wire, and the unit it is in there. */
export interface OdometerText {
  readonly text: string;
  readonly unit: 'mi' | 'km' | 'm';
}

/**
 * Whole `parts` of a unit, each `1 / 10^decimals` of it, as the shortest decimal text: 12345670 thousandths are
 * "12345.67". Trackers cut what is left over; none rounds up, so the text never falls and never runs ahead.
 */
export function decimalText(parts: number, decimals: number): string {
  assert(Number.isSafeInteger(parts) && parts >= 0, 'an odometer is a whole number of its smallest part');
  const digits = String(parts).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
