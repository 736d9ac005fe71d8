/**
 * How numbers are written, in one place, so that a pound looks the same on every screen. All of them keep their
 * number of decimals, so that digits stand still in a column while they change.
 */
const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 9 });

const MICROMETRES_PER_UNIT = { mi: 1_609_344_000, km: 1_000_000_000 } as const;
const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000_000_000;
const KILOMETRES_PER_MILE = 1.609_344;

/** Integer pence as "£1,234.50"; below nothing "−£1,234.50". */
export function formatPence(pence: number): string {
  return withMinus(pounds.format(pence / 100));
}

/** Integer tenths of a unit as "1,234.5 mi". */
export function formatTenths(tenths: number, unit: 'mi' | 'km'): string {
  return withMinus(`${oneDecimal.format(tenths / 10)} ${unit}`);
}

/** A hyphen is easily overlooked in a column of figures. */
function withMinus(text: string): string {
  return text.replace(/^-/, '\u2212');
}

/** A count, "120,345". */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A count of things: "1 receipt", "1,204 receipts"; what is many is named where an "s" does not make it. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Micrometres in the billing unit, to nine decimals at most: "12,345.678912 mi". For reading, not for billing. */
export function formatMicrometres(micrometres: number, unit: 'mi' | 'km'): string {
  return `${exact.format(micrometres / MICROMETRES_PER_UNIT[unit])} ${unit}`;
}

/** An odometer as the vehicle sent it: its own digits, with the unit's short name. */
export function formatRaw(rawText: string, rawUnit: string): string {
  return `${rawText} ${rawUnit}`;
}

/** Decimal text of pence for one unit as "30p a mile". */
export function formatRate(ratePence: string, unit: 'mi' | 'km'): string {
  return `${ratePence}p a ${unit === 'mi' ? 'mile' : 'kilometre'}`;
}

/** Kilometres an hour as a British driver reads it, "31 mph". */
export function formatSpeed(speedKmh: number): string {
  return `${whole.format(speedKmh / KILOMETRES_PER_MILE)} mph`;
}

/** A share of one as "97.8 %". */
export function formatShare(share: number): string {
  return `${oneDecimal.format(share * 100)} %`;
}

/** A rate that may be small: "84/s", "0.4/s". */
export function formatPerSecond(perSecond: number): string {
  return `${perSecond < 10 ? oneDecimal.format(perSecond) : whole.format(perSecond)}/s`;
}

/** Decimal bytes: "812 kB", "12.4 MB", "3.1 GB". */
export function formatBytes(bytes: number): string {
  if (bytes >= GIGABYTE) return `${oneDecimal.format(bytes / GIGABYTE)} GB`;
  if (bytes >= MEGABYTE) return `${oneDecimal.format(bytes / MEGABYTE)} MB`;
  return `${whole.format(Math.ceil(bytes / 1_000))} kB`;
}

/** A reason's identifier as words: "value-out-of-range" is "value out of range". */
export function wordsOf(identifier: string): string {
  return identifier.replaceAll('-', ' ');
}
