import { wholeTenths, type BillingUnit } from '../../base/distance.ts';

/** Figures as they are printed. Commas between thousands, a point, and the true minus sign (U+2212) before the £. */
const MINUS = '\u2212';

/** Whole pence as "£1,234.56"; below nothing "−£12.00". */
export function poundsText(pence: number): string {
  const magnitude = Math.abs(pence);
  const whole = Math.floor(magnitude / 100);
  const rest = String(magnitude % 100).padStart(2, '0');
  return `${pence < 0 ? MINUS : ''}£${countText(whole)}.${rest}`;
}

/** Whole tenths of a unit as "1,234.5". */
export function distanceText(tenths: number): string {
  const magnitude = Math.abs(tenths);
  return `${tenths < 0 ? MINUS : ''}${countText(Math.floor(magnitude / 10))}.${magnitude % 10}`;
}

/** An odometer's micrometres, down to the whole tenth of the unit that distance is counted in (rule M8). */
export function odometerText(micrometres: number, unit: BillingUnit): string {
  return distanceText(wholeTenths(micrometres, unit));
}

/** Exact decimals under one another: all with the decimal places of the longest. */
export function alignedDecimals(texts: readonly string[]): ReadonlyMap<string, string> {
  const places = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0));
  return new Map(texts.map((text) => [text, withPlaces(text, places)]));
}

function withPlaces(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
}

/** A share as people say it: "0.2" is "20%", "0.175" is "17.5%". */
export function percentText(share: string): string {
  const [whole = '', fraction = ''] = share.split('.');
  const digits = whole + fraction.padEnd(2, '0').slice(0, 2);
  const rest = fraction.slice(2).replace(/0+$/, '');
  return `${digits.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}%`;
}

/** Whole numbers in order as "3, 5–9, 12"; after `rangesMax` of these it says how many are left out. */
export function rangesText(numbers: readonly number[], rangesMax: number): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && number <= last.to + 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  const shown = ranges.slice(0, rangesMax).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const hidden = ranges.slice(rangesMax).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return hidden === 0 ? shown.join(', ') : `${shown.join(', ')} and ${countText(hidden)} more`;
}

/** A whole number that is not below nothing, as "3,000". */
export function countText(whole: number): string {
  return String(whole).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
