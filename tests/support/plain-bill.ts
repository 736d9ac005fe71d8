import type { Point } from './plain-meter.ts';
import { tenthsBetween } from './plain-meter.ts';

/**
 * A slow, obvious reference for what a contract charges: rules B1 to B9 word by word, in big integers. Days are numbers
 * of days since 1970; the contract's local time is London's, of which 2026's two changes are written out.
 */
export interface PlainTerms {
  readonly tiers: readonly { readonly upTo: string | null; readonly rate: string }[];
  readonly standing?: string;
  readonly minMiles?: string;
  readonly minCharge?: string;
  readonly capMiles?: string;
  readonly capCharge?: string;
}

export interface PlainContract {
  readonly id: string;
  readonly operator: string;
  readonly unit: 'mi' | 'km';
  readonly anchor: string;
  readonly start: string;
  readonly scope: 'vehicle' | 'contract';
  readonly terms: PlainTerms;
  readonly amendments: { readonly from: string; readonly terms: PlainTerms }[];
  readonly target: string | null;
  readonly stays: readonly { readonly vehicle: string; readonly fromMs: number; readonly toMs: number }[];
}

export interface PlainLine {
  readonly vehicle: string | null;
  readonly kind: string;
  readonly tenths: bigint | null;
  readonly pence: bigint;
}

const DAY_MS = 86_400_000;
const SUMMER = { first: dayOf('2026-03-30'), last: dayOf('2026-10-25') };

export function dayOf(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
}

/** The local midnight that a day begins with. */
export function midnightMs(day: number): number {
  return day * DAY_MS - (day >= SUMMER.first && day <= SUMMER.last ? 3_600_000 : 0);
}

/** Rule B1: the first day of period k; a day that the month does not have is its last. */
export function periodStart({ anchor }: PlainContract, k: number): number {
  const [year = 0, month = 0, day = 0] = anchor.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + k, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + k, Math.min(day, lastOfMonth)) / DAY_MS;
}

/** Everything that period k comes to when `lastDay` has ended and no later distance is looked at. */
export function priceOf(
  contract: PlainContract,
  k: number,
  points: ReadonlyMap<string, readonly Point[]>,
  lastDay: number,
): PlainLine[] {
  const unitNames = contract.scope === 'vehicle' ? vehiclesOf(contract) : [null];
  return unitNames.flatMap((vehicle) => unitLines(contract, k, points, lastDay, vehicle));
}

export function vehiclesOf({ stays }: PlainContract): string[] {
  return [...new Set(stays.map(({ vehicle }) => vehicle))].toSorted();
}

function unitLines(
  contract: PlainContract,
  k: number,
  points: ReadonlyMap<string, readonly Point[]>,
  lastDay: number,
  vehicle: string | null,
): PlainLine[] {
  const days = activeDays(contract, k, vehicle);
  if (days.length === 0) return [];
  const parts = partsOf(contract, k);
  const drivenIn = (fromDay: number, toDay: number): bigint =>
    driven(contract, points, vehicle, fromDay, Math.min(toDay, lastDay + 1));
  const before = drivenIn(dayOf(contract.start), periodStart(contract, k));
  const target = contract.target === null ? null : scaled(contract.target, 10n, 1n, 1n);
  let left = target === null ? null : max(0n, target - before);
  const isReached = target !== null && before >= target;
  const whole = BigInt(periodStart(contract, k + 1) - periodStart(contract, k));
  const elapsed = BigInt(days.filter((day) => day <= lastDay).length);
  return parts.flatMap(({ fromDay, toDay, terms }) => {
    const tenths = drivenIn(fromDay, toDay);
    const of = (amount: string, per: bigint, of_: bigint): bigint =>
      parts.length > 1 ? scaled(amount, per, 1n, 1n) : scaled(amount, per, of_, whole);
    const lines = chargeLines(terms, tenths, left, isReached, {
      full: (amount, per) => of(amount, per, BigInt(days.length)),
      soFar: (amount, per) => of(amount, per, elapsed),
    });
    if (left !== null) left = max(0n, left - tenths);
    return lines.map((line) => ({ ...line, vehicle }));
  });
}

/** The days of a period that a vehicle, or the contract, is in it. */
function activeDays(contract: PlainContract, k: number, vehicle: string | null): number[] {
  const days: number[] = [];
  for (let day = periodStart(contract, k); day < periodStart(contract, k + 1); day += 1) {
    if (day < dayOf(contract.start)) continue;
    const isThere = contract.stays.some(
      (stay) => stay.vehicle === vehicle && localDay(stay.fromMs) <= day && day < localDay(stay.toMs),
    );
    if (vehicle === null || isThere) days.push(day);
  }
  return days;
}

function localDay(ms: number): number {
  if (ms === Number.POSITIVE_INFINITY) return ms;
  const day = Math.floor(ms / DAY_MS);
  return midnightMs(day + 1) <= ms ? day + 1 : day;
}

/** Rule B9: days of a period by the terms that hold on them. */
function partsOf(
  contract: PlainContract,
  k: number,
): { readonly fromDay: number; readonly toDay: number; readonly terms: PlainTerms }[] {
  const first = { from: Number.NEGATIVE_INFINITY, terms: contract.terms };
  const versions = [first];
  const on = (day: number): typeof first => versions.findLast(({ from }) => from <= day) ?? first;
  for (const { from, terms } of contract.amendments.toSorted((a, b) => dayOf(a.from) - dayOf(b.from))) {
    const day = dayOf(from);
    let next = 0;
    while (periodStart(contract, next) < day) next += 1;
    const isAtOnce = isFlat(on(day).terms) && isFlat(terms);
    versions.push({ from: isAtOnce ? day : periodStart(contract, next), terms });
  }
  const parts: { fromDay: number; toDay: number; terms: PlainTerms; version: typeof first }[] = [];
  const startDay = Math.max(periodStart(contract, k), dayOf(contract.start));
  for (let day = startDay; day < periodStart(contract, k + 1); day += 1) {
    const [last, version] = [parts.at(-1), on(day)];
    if (last !== undefined && last.version === version) last.toDay = day + 1;
    else parts.push({ fromDay: day, toDay: day + 1, terms: version.terms, version });
  }
  return parts;
}

function isFlat({ tiers, ...conditions }: PlainTerms): boolean {
  return tiers.length === 1 && Object.keys(conditions).length === 0;
}

function driven(
  { stays, unit }: PlainContract,
  points: ReadonlyMap<string, readonly Point[]>,
  vehicle: string | null,
  fromDay: number,
  toDay: number,
): bigint {
  return stays
    .filter((stay) => vehicle === null || stay.vehicle === vehicle)
    .map((stay) =>
      tenthsBetween(
        points.get(stay.vehicle) ?? [],
        Math.max(stay.fromMs, midnightMs(fromDay)),
        Math.min(stay.toMs, midnightMs(toDay)),
        unit,
      ),
    )
    .reduce((sum, tenths) => sum + tenths, 0n);
}

type Prorate = (amount: string, per: bigint) => bigint;

/** Rules B4 to B8 for one charged unit, in the order they are printed. */
function chargeLines(
  terms: PlainTerms,
  tenths: bigint,
  toTarget: bigint | null,
  isReached: boolean,
  { full, soFar }: { readonly full: Prorate; readonly soFar: Prorate },
): Omit<PlainLine, 'vehicle'>[] {
  const money = (kind: string, pence: bigint): Omit<PlainLine, 'vehicle'>[] => [
    { kind, tenths: null, pence },
  ];
  const cap = terms.capMiles === undefined ? tenths : full(terms.capMiles, 10n);
  const charged = [cap, toTarget ?? tenths].reduce((least, each) => (each < least ? each : least), tenths);
  const miles = tierLines(terms, charged, full);
  const usage = miles.reduce((sum, { pence }) => sum + pence, 0n);
  const over = terms.capCharge === undefined ? 0n : max(0n, usage - full(terms.capCharge, 100n));
  const short =
    terms.minMiles === undefined || isReached ? 0n : max(0n, soFar(terms.minMiles, 10n) - charged);
  const shortPence = priced(short, terms.tiers[0]?.rate ?? '0');
  const least = terms.minCharge === undefined || isReached ? 0n : soFar(terms.minCharge, 100n);
  const topUp = max(0n, least - (usage - over + shortPence));
  return [
    ...(terms.standing === undefined ? [] : money('standing', soFar(terms.standing, 100n))),
    ...miles,
    ...(tenths > charged ? [{ kind: 'uncharged_over_cap', tenths: tenths - charged, pence: 0n }] : []),
    ...(over > 0n ? money('cap_adjustment', -over) : []),
    ...(short > 0n ? [{ kind: 'min_miles_shortfall', tenths: short, pence: shortPence }] : []),
    ...(topUp > 0n ? money('min_charge_topup', topUp) : []),
  ];
}

function tierLines({ tiers }: PlainTerms, charged: bigint, full: Prorate): Omit<PlainLine, 'vehicle'>[] {
  return tiers.flatMap(({ upTo, rate }, i) => {
    const bound = (end: string | null | undefined): bigint =>
      end === null || end === undefined ? charged : full(end, 10n);
    const [from, to] = [i === 0 ? 0n : bound(tiers[i - 1]?.upTo), bound(upTo)];
    const tenths = (to < charged ? to : charged) - from;
    return tenths > 0n ? [{ kind: 'miles', tenths, pence: priced(tenths, rate) }] : [];
  });
}

function priced(tenths: bigint, rate: string): bigint {
  return scaled(rate, tenths, 1n, 10n);
}

/** amount × per × part / whole, half away from zero; nothing here is below zero. */
export function scaled(amount: string, per: bigint, part: bigint, whole: bigint): bigint {
  const [units = '0', fraction = ''] = amount.split('.');
  const denominator = 10n ** BigInt(fraction.length) * whole;
  return (2n * BigInt(units + fraction) * per * part + denominator) / (2n * denominator);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
