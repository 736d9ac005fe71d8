import type { DistanceUnit } from '../../base/distance.ts';
import type { OdometerOrigin } from '../../protocol/book.ts';

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
  /** Its value stands in every record; it is news only in the record it caused. */
  readonly isNewsOnlyAsCause: boolean;
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
  /** The tracker's own battery; null where the family means something else by the usual id. */
  readonly trackerBatteryId: number | null;
  /** What the receiver does: 0 off, 1 fix, 2 on without fix, 3 sleep. Null as above. */
  readonly gnssStateId: number | null;
  /**
   * How many bytes an element has in binary records, at its id; 0 for one we do not use. One of another width is
   * another element, of a family we do not know, and is not taken for ours.
   */
  readonly bytesById: Uint8Array;
}

/** The VIN as text: read by OBD, or by the CAN adapter. */
export const VIN_IDS: readonly number[] = [256, 325];

/** Values 2 to 5 only announce the upload of a trace; 1 and 6 are the crash. */
const CRASH = eventIo(247, [1, 'crash'], [6, 'crash']);
const UNPLUGGED = eventIo(252, [1, 'unplugged']);
const TOW = eventIo(246, [1, 'tow']);
const JAMMING = eventIo(249, [1, 'jamming']);
const HARSH_DRIVING = eventIo(253, [1, 'harsh-acceleration'], [2, 'harsh-braking'], [3, 'harsh-cornering']);
const TRIP: EventIo = {
  ...eventIo(250, [1, 'trip-start'], [0, 'trip-stop'], [2, 'trip-business'], [3, 'trip-private']),
  isNewsOnlyAsCause: true,
};

/** Elements of one width that every family has. */
const ONE_BYTE_IDS = [239, 240, 246, 247, 249, 250, 253, 391];
const TWO_BYTE_IDS = [24, 66, 182];
const FOUR_BYTE_IDS = [199];

/** FMB, FMC, FMM and FMT of the 0xx, 1xx, 2xx and 9xx series: what we take a tracker for until its model is known. */
const LIGHT_VEHICLE_MODEL: TeltonikaModel = {
  odometers: [
    { id: 16, unit: 'm', origin: 'tracker' },
    { id: 87, unit: 'm', origin: 'vehicle' },
    { id: 105, unit: 'm', origin: 'can' },
    { id: 389, unit: 'km', origin: 'vehicle' },
  ],
  events: [CRASH, UNPLUGGED, TOW, JAMMING, HARSH_DRIVING, TRIP],
  tractionBatteryIds: [152, 411],
  speedIds: [24, 37, 81],
  trackerBatteryId: 113,
  gnssStateId: 69,
  bytesById: bytesById([37, 69, 81, 113, 152, 252, 410, 411], [755], [16, 87, 105, 389, 866]),
};

/** FMB640, FMC650 and the like: here 16 is counted from CAN, 216 is the tracker's own, 252 is no unplugging. */
const HEAVY_VEHICLE_MODEL: TeltonikaModel = {
  odometers: [
    { id: 216, unit: 'm', origin: 'tracker' },
    { id: 192, unit: 'm', origin: 'vehicle' },
    { id: 36, unit: 'm', origin: 'vehicle' },
    { id: 16, unit: 'm', origin: 'can' },
  ],
  events: [CRASH, TOW, JAMMING, HARSH_DRIVING, TRIP],
  tractionBatteryIds: [],
  speedIds: [24],
  trackerBatteryId: null,
  gnssStateId: null,
  bytesById: bytesById([], [], [16, 36, 192, 216]),
};

/** Trackers of scooters: the scooter's own count is 356. */
const SCOOTER_MODEL: TeltonikaModel = {
  ...LIGHT_VEHICLE_MODEL,
  odometers: [
    { id: 16, unit: 'm', origin: 'tracker' },
    { id: 356, unit: 'm', origin: 'vehicle' },
  ],
  bytesById: bytesById([37, 69, 81, 113, 152, 252, 410, 411], [755], [16, 356, 866]),
};

const HEAVY_VEHICLE_NAME = /^FM[A-Z]6\d\d$/i;
const SCOOTER_NAME = /^T[FS]T\d{3}$/i;

/** The meaning of the IO ids on a model ("FMC650"); without a name, or with one we do not know, the default family's. */
export function teltonikaModel(name: string | undefined): TeltonikaModel {
  if (name === undefined) return LIGHT_VEHICLE_MODEL;
  if (HEAVY_VEHICLE_NAME.test(name)) return HEAVY_VEHICLE_MODEL;
  return SCOOTER_NAME.test(name) ? SCOOTER_MODEL : LIGHT_VEHICLE_MODEL;
}

function eventIo(id: number, ...events: readonly (readonly [number, string])[]): EventIo {
  return { id, eventByValue: new Map(events), isNewsOnlyAsCause: false };
}

function bytesById(
  oneByte: readonly number[],
  twoBytes: readonly number[],
  fourBytes: readonly number[],
): Uint8Array {
  const table = new Uint8Array(1024);
  for (const id of [...ONE_BYTE_IDS, ...oneByte]) table[id] = 1;
  for (const id of [...TWO_BYTE_IDS, ...twoBytes]) table[id] = 2;
  for (const id of [...FOUR_BYTE_IDS, ...fourBytes]) table[id] = 4;
  return table;
}
