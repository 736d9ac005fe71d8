import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { must } from '../base/assert.ts';
import { startOfDayMs } from '../base/calendar.ts';
import type { ContractAccount, PeriodAccount } from '../billing/account-shapes.ts';
import { sumPence } from '../billing/charge-usage.ts';
import { activeSpan, periodDays } from '../billing/exact-contract.ts';
import { vatPence } from '../billing/exact-terms.ts';
import { daysBetween } from '../base/calendar.ts';
import { periodLines } from '../billing/price-units.ts';
import {
  acceptedBefore,
  acceptedFrom,
  at,
  indexAtOrAfter,
  isAccepted,
  type Series,
} from '../metering/series.ts';
import type { ReadingArchive } from '../metering/reading-archive.ts';
import { odometerThrough, type Stretch, wholeBetween } from '../metering/thin-series.ts';
import type { RatedPeriod, VehicleUsage } from '../protocol/document.ts';
import { billedSeries } from './billed-series.ts';
import { tenthsBetween } from './rate-days.ts';
import type { VehicleState, World } from './world.ts';

/** A contract's period priced from everything the world knows now (rules B1 to B8). */
export function rateContractPeriod(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
): RatedPeriod {
  const { timezone, vatRate } = account.exact;
  const { index, startDay, endDay } = period.period;
  const span = activeSpan(account.exact, period.period);
  const vehicles = periodStays(world, account, period).map((stay) => usageOf(account, stay));
  const lines = periodLines(account, period);
  const netPence = sumPence(lines);
  const vat = vatPence(netPence, vatRate.value);
  return {
    period: index,
    startDay,
    endDay,
    startMs: startOfDayMs(startDay, timezone),
    endMs: startOfDayMs(endDay, timezone),
    activeDays: span === null ? 0 : daysBetween(span.fromDay, span.toDay),
    periodDays: periodDays(period.period),
    tenths: vehicles.reduce((sum, { tenths }) => sum + tenths, 0),
    vehicles,
    lines,
    netPence,
    vatPence: vat,
    grossPence: netPence + vat,
    isProvisional: vehicles.some(({ isProvisional }) => isProvisional),
  };
}

/** A vehicle's time in a contract's period: one stretch, or several when it left and came back. */
export interface PeriodStay {
  readonly vehicle: VehicleState;
  readonly series: Series | null;
  /** Where its thinned readings are. */
  readonly archive: ReadingArchive | null;
  readonly spans: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** Who was in the contract in the period, by name. */
export function periodStays(world: World, account: ContractAccount, { period }: PeriodAccount): PeriodStay[] {
  const contract = world.contracts.indexOf(account);
  const { timezone } = account.exact;
  const startMs = startOfDayMs(period.startDay, timezone);
  const endMs = startOfDayMs(period.endDay, timezone);
  const stays: PeriodStay[] = [];
  for (const slot of account.assigned.keys()) {
    const vehicle = must(world.vehicles[slot], 'an assigned vehicle has a slot');
    const spans = vehicle.assignments
      .filter((assignment) => assignment.contract === contract)
      .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, startMs), toMs: Math.min(toMs, endMs) }))
      .filter(({ fromMs, toMs }) => fromMs < toMs);
    if (spans.length > 0)
      stays.push({ vehicle, series: billedSeries(vehicle), archive: world.archive, spans });
  }
  return stays.toSorted((a, b) => (a.vehicle.vehicle < b.vehicle.vehicle ? -1 : 1));
}

function usageOf({ exact }: ContractAccount, { vehicle, series, archive, spans }: PeriodStay): VehicleUsage {
  const fromMs = must(spans[0], 'a stay has a span').fromMs;
  const toMs = must(spans.at(-1), 'a stay has a span').toMs;
  let tenths = 0;
  for (const span of spans)
    if (series !== null) tenths += tenthsBetween(series, span.fromMs, span.toMs, exact.unit, archive);
  return {
    vehicle: vehicle.vehicle,
    registration: vehicle.registration,
    startMicrometres: series === null ? 0 : (odometerThrough(series, fromMs, archive) ?? 0),
    endMicrometres: series === null ? 0 : (odometerThrough(series, toMs, archive) ?? 0),
    tenths,
    isProvisional: series === null || acceptedFrom(series, indexAtOrAfter(series, toMs)) < 0,
    isUnauthenticated: vehicle.isUnauthenticated,
  };
}

/** SHA-256 of what a period is priced from: the terms, and every accepted reading that gives its distance. */
export function inputsSha256Hex(world: World, account: ContractAccount, period: PeriodAccount): string {
  const hash = sha256.create();
  hash.update(utf8ToBytes(JSON.stringify([account.contract, period.period])));
  for (const stay of periodStays(world, account, period))
    for (const piece of evidencePieces(stay)) hash.update(utf8ToBytes(piece));
  return bytesToHex(hash.digest());
}

/** Handing over a line of a reading costs several times what hashing it does; a piece is some hundred of them. */
const PIECE_CHARACTERS = 8_192;

/** A stay and its accepted readings as text, piece by piece. */
function* evidencePieces(stay: PeriodStay): Generator<string> {
  let piece = JSON.stringify([stay.vehicle.vehicle, stay.spans]);
  for (const [first, last, series] of evidenceRanges(stay)) {
    for (let i = first; i <= last; i += 1) {
      if (!isAccepted(series, i)) continue;
      piece += `${at(series.position, i)} ${at(series.atMs, i)} ${at(series.micrometres, i)}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/**
 * From the last accepted reading at or before each start to the first at or after each end. Thinned readings are there,
 * or, between start and end, those of the stretches that are needed.
 */
export function* evidenceRanges(
  { series: thinned, archive, spans }: PeriodStay,
  isNeeded?: (stretch: Stretch) => boolean,
): Generator<[number, number, Series]> {
  if (thinned === null) return;
  for (const { fromMs, toMs } of spans) {
    const series = wholeBetween(thinned, fromMs, toMs, archive, isNeeded);
    const first = Math.max(0, acceptedBefore(series, indexAtOrAfter(series, fromMs + 1)));
    const after = acceptedFrom(series, indexAtOrAfter(series, toMs));
    yield [first, after < 0 ? series.count - 1 : after, series];
  }
}
