import type { DistanceUnit } from '../base/distance.ts';
import type { OdometerOrigin } from '../protocol/book.ts';

/** An IO element that counts the vehicle's lifetime distance. */
export interface OdometerIo {
  readonly id: number;
  readonly unit: DistanceUnit;
  readonly origin: OdometerOrigin;
}

/** An IO element that tells of events by its value. */
export interface EventIo {
  readonly id: number;
  readonly eventByValue: ReadonlyMap<number, string>;
}

/** What a model family means by its IO ids, where families differ. */
export interface TeltonikaModel {
  /** The first one present belongs to the packet's main reading. */
  readonly odometers: readonly OdometerIo[];
  /** The gravest first: a reading carries one event. */
  readonly events: readonly EventIo[];
  /** Ids of the traction battery's level, of charging, and of the remaining range. */
  readonly tractionBatteryIds: readonly number[];
  readonly speedIds: readonly number[];
}

/** Values 2 to 5 only announce the upload of a trace; 1 and 6 are the crash. */
const CRASH = eventIo(247, [1, 'crash'], [6, 'crash']);
const UNPLUGGED = eventIo(252, [1, 'unplugged']);
const TOW = eventIo(246, [1, 'tow']);
const JAMMING = eventIo(249, [1, 'jamming']);
const HARSH_DRIVING = eventIo(253, [1, 'harsh-acceleration'], [2, 'harsh-braking'], [3, 'harsh-cornering']);

/** FMB, FMC, FMM and FMT of the 0xx, 1xx, 2xx and 9xx series: what we take a tracker for until its model is known. */
const LIGHT_VEHICLE_MODEL: TeltonikaModel = {
  odometers: [
    { id: 16, unit: 'm', origin: 'tracker' },
    { id: 87, unit: 'm', origin: 'vehicle' },
    { id: 105, unit: 'm', origin: 'can' },
    { id: 389, unit: 'km', origin: 'vehicle' },
  ],
  events: [CRASH, UNPLUGGED, TOW, JAMMING, HARSH_DRIVING],
  tractionBatteryIds: [152, 411],
  speedIds: [24, 37, 81],
};

/** FMB640, FMC650 and the like: here 16 is counted from CAN, 216 is the tracker's own, 252 is no unplugging. */
const HEAVY_VEHICLE_MODEL: TeltonikaModel = {
  odometers: [
    { id: 216, unit: 'm', origin: 'tracker' },
    { id: 192, unit: 'm', origin: 'vehicle' },
    { id: 16, unit: 'm', origin: 'can' },
  ],
  events: [CRASH, TOW, JAMMING, HARSH_DRIVING],
  tractionBatteryIds: [],
  speedIds: [24],
};

const HEAVY_VEHICLE_NAME = /^FM[A-Z]6\d\d$/i;

/** The meaning of the IO ids on a model ("FMC650"); without a name, or with one we do not know, the default family's. */
export function teltonikaModel(name: string | undefined): TeltonikaModel {
  return name !== undefined && HEAVY_VEHICLE_NAME.test(name) ? HEAVY_VEHICLE_MODEL : LIGHT_VEHICLE_MODEL;
}

function eventIo(id: number, ...events: readonly (readonly [number, string])[]): EventIo {
  return { id, eventByValue: new Map(events) };
}
