import { must } from '../../core/base/assert.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';
import { daysOver, LocalDays } from './local-days.ts';
import { wholeTenthsInMm, wholeTenthsOfMile } from './tenths-of-mile.ts';
import type { EmittedOdometer, Truth, TruthDay, TruthEvent, VehicleTruth } from './truth-shapes.ts';

/** A look at a vehicle: its true odometer, and the trips it has begun. */
export interface TrueLook {
  readonly odometerMm: number;
  readonly trips: number;
}

/** What a vehicle has driven for a bill that is not written yet. */
export interface TenthsSoFar {
  readonly vehicle: string;
  readonly trueTenths: number;
  readonly sentTenths: number;
}

export interface TruthOptions {
  readonly openingMs: number;
  /** The zone of a vehicle's contract: its days end at that zone's midnights. */
  readonly timeZoneOf: (vehicle: FleetVehicle) => string;
}

interface SentOnDay {
  first: EmittedOdometer;
  last: EmittedOdometer;
}

interface LookAtMidnight extends TrueLook {
  readonly atMs: number;
}

interface VehicleBook {
  readonly traits: FleetVehicle;
  readonly timeZone: string;
  readonly sentDays: LocalDays;
  /** By the end of the day. */
  readonly sent: Map<number, SentOnDay>;
  readonly looks: Map<number, LookAtMidnight>;
  last: EmittedOdometer | null;
  packets: number;
  acknowledged: number;
}

/** A look so little before a midnight stands for it, when there is none at the midnight itself. */
const NEAR_MIDNIGHT_MS = 1_000;

/** Notes what is sent, what is acknowledged and what is true, a vehicle at a time. */
export class TruthLedger {
  private readonly openingMs: number;
  private readonly books: readonly VehicleBook[];
  /** Of each zone the next midnight nobody has looked at yet. */
  private readonly midnights = new Map<string, number>();
  private lastLook: ((index: number) => TrueLook) | null = null;

  constructor(fleet: readonly FleetVehicle[], { openingMs, timeZoneOf }: TruthOptions) {
    this.openingMs = openingMs;
    this.books = fleet.map((traits) => {
      const timeZone = timeZoneOf(traits);
      this.midnights.set(timeZone, new LocalDays(timeZone).at(openingMs).toMs);
      return {
        traits,
        timeZone,
        sentDays: new LocalDays(timeZone),
        sent: new Map(),
        looks: new Map(),
        last: null,
        packets: 0,
        acknowledged: 0,
      };
    });
  }

  /** A packet goes out. `observedMs` is when its odometer was true, which for a late packet is before it is sent. */
  noteSent(vehicle: number, odometer: OdometerText | null, observedMs: number): void {
    const book = this.book(vehicle);
    book.packets += 1;
    if (odometer === null || isRepeat(book, odometer)) return;
    const emitted = { ...odometer, atMs: observedMs };
    if (book.last === null || observedMs >= book.last.atMs) book.last = emitted;
    const { toMs } = book.sentDays.at(observedMs);
    const day = book.sent.get(toMs);
    if (day === undefined) book.sent.set(toMs, { first: emitted, last: emitted });
    else if (observedMs >= day.last.atMs) day.last = emitted;
    else if (observedMs < day.first.atMs) day.first = emitted;
  }

  noteAcknowledged(vehicle: number): void {
    this.book(vehicle).acknowledged += 1;
  }

  /** The fleet stands where `look` says at an instant. Asked at rising instants; keeps what is true at midnights. */
  noteTrue(atMs: number, look: (index: number) => TrueLook): void {
    this.lastLook = look;
    for (const [timeZone, midnightMs] of this.midnights) {
      if (atMs < midnightMs - NEAR_MIDNIGHT_MS) continue;
      this.keepLooks(timeZone, midnightMs, atMs, look);
      if (atMs >= midnightMs) this.midnights.set(timeZone, new LocalDays(timeZone).at(atMs).toMs);
    }
  }

  /**
   * Whole tenths of a mile of every vehicle since a local midnight of its zone, or since the opening where that is later:
   * by the true odometer, and by the last value sent. Cheap enough to be asked while the fleet drives.
   */
  tenthsSince(fromMs: number): readonly TenthsSoFar[] {
    return this.books.map((book, index) => {
      const opening = openingOdometer(book.traits);
      const atStart = book.looks.get(fromMs)?.odometerMm ?? book.traits.openingMm;
      const nowMm = this.lastLook?.(index).odometerMm ?? atStart;
      const sentAtStart = lastBefore(book, fromMs) ?? opening;
      return {
        vehicle: book.traits.id,
        trueTenths: wholeTenthsInMm(nowMm, 'mi') - wholeTenthsInMm(atStart, 'mi'),
        sentTenths: wholeTenthsOfMile(book.last ?? opening) - wholeTenthsOfMile(sentAtStart),
      };
    });
  }

  truth(seed: number, endedMs: number, events: readonly TruthEvent[] = []): Truth {
    const vehicles = this.books.map((book, index) => this.vehicleTruth(book, index, endedMs));
    const sum = (of: (vehicle: VehicleTruth) => number): number =>
      vehicles.reduce((total, vehicle) => total + of(vehicle), 0);
    return {
      seed,
      openingMs: this.openingMs,
      endedMs,
      vehicles,
      events,
      tenths: sum((vehicle) => vehicle.tenths),
      packetsSent: sum((vehicle) => vehicle.packetsSent),
      acknowledged: sum((vehicle) => vehicle.acknowledged),
    };
  }

  private keepLooks(
    timeZone: string,
    midnightMs: number,
    atMs: number,
    look: (index: number) => TrueLook,
  ): void {
    this.books.forEach((book, index) => {
      if (book.timeZone !== timeZone) return;
      const kept = book.looks.get(midnightMs);
      const isNearer = kept === undefined || Math.abs(atMs - midnightMs) < Math.abs(kept.atMs - midnightMs);
      if (isNearer) book.looks.set(midnightMs, { ...look(index), atMs });
    });
  }

  private vehicleTruth(book: VehicleBook, index: number, endedMs: number): VehicleTruth {
    const { traits } = book;
    const opening = openingOdometer(traits);
    const last = book.last ?? opening;
    const days = this.daysOf(book, index, endedMs);
    return {
      vehicle: traits.id,
      device: traits.device,
      provider: traits.provider,
      operator: traits.operator,
      openingText: opening.text,
      openingUnit: opening.unit,
      lastText: last.text,
      lastUnit: last.unit,
      unit: 'mi',
      tenths: wholeTenthsOfMile(last) - wholeTenthsOfMile(opening),
      trueTenths: days.reduce((sum, { expectedTenths }) => sum + expectedTenths, 0),
      packetsSent: book.packets,
      acknowledged: book.acknowledged,
      days,
    };
  }

  private daysOf(book: VehicleBook, index: number, endedMs: number): TruthDay[] {
    const { traits } = book;
    let before: EmittedOdometer = { ...openingOdometer(traits), atMs: this.openingMs };
    let from: TrueLook = { odometerMm: traits.openingMm, trips: 0 };
    const bounds = daysOver(this.openingMs, endedMs, book.timeZone);
    return bounds.map((day, i) => {
      const now = { ...(this.lastLook?.(index) ?? from), atMs: endedMs };
      const end = book.looks.get(day.toMs) ?? now;
      before = book.sent.get(day.toMs)?.last ?? before;
      const later = bounds.slice(i + 1).find(({ toMs }) => book.sent.has(toMs));
      const row = {
        ...day,
        drivenMm: end.odometerMm - from.odometerMm,
        odometerMm: end.odometerMm,
        odometerAtMs: end.atMs,
        trips: end.trips - from.trips,
        before,
        after: later === undefined ? null : (book.sent.get(later.toMs)?.first ?? null),
        expectedTenths: wholeTenthsInMm(end.odometerMm, 'mi') - wholeTenthsInMm(from.odometerMm, 'mi'),
      };
      from = end;
      return row;
    });
  }

  private book(vehicle: number): VehicleBook {
    return must(this.books[vehicle], 'a vehicle of the fleet');
  }
}

/** The last value sent that was true before a midnight; null when there was none. */
function lastBefore({ sent }: VehicleBook, midnightMs: number): EmittedOdometer | null {
  let newest: EmittedOdometer | null = null;
  for (const [toMs, { last }] of sent) {
    if (toMs <= midnightMs && (newest === null || last.atMs > newest.atMs)) newest = last;
  }
  return newest;
}

/** Feeds that say no time: their value is of the moment it is first heard, and hearing it again tells nothing. */
const WITHOUT_TIME: ReadonlySet<string> = new Set([
  'tesla-fleet-telemetry',
  'renault-kamereon',
  'ovms',
  'teslamate',
]);

function isRepeat({ traits, last }: VehicleBook, { text, unit }: OdometerText): boolean {
  const before = last ?? openingOdometer(traits);
  return WITHOUT_TIME.has(traits.provider) && before.text === text && before.unit === unit;
}
