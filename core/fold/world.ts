import { type DocumentBook, newDocumentBook } from '../billing/document-book.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import type { DistanceUnit } from '../base/distance.ts';
import type { LocalDay } from '../base/calendar.ts';
import { addSlot, type Fleet, newFleet } from '../fleet/fleet.ts';
import { type EntrySet, type Ledger, newLedger } from '../ledger/ledger.ts';
import { type AccessBook, newAccessBook } from './access-book.ts';
import type { DeviceState } from './devices.ts';
import type { FeedCounts, FeedName } from './feed-counts.ts';
import type { Situation } from './situations.ts';
import { newVehicleDays, type VehicleDays } from './vehicle-days.ts';
import { type CrossCheck, newCrossCheck } from '../metering/cross-check.ts';
import type { ReadingArchive } from '../metering/reading-archive.ts';
import type { Series } from '../metering/series.ts';
import type { Book, BookVehicle, OdometerOrigin, TrackerProvider } from '../protocol/book.ts';
import type { Credential } from '../protocol/decision.ts';

/**
 * Everything the fold knows, as plain data: applying the same records in order to a new world always gives the same
 * world. It holds no function, no clock and, but for the archive, no handle, so a snapshot of it is a copy.
 */
export interface World {
  /** Received time of the last record; never falls. */
  clockMs: number;
  /** The position the next record must have. */
  nextPosition: number;
  facility: Book['facility'] | null;
  readonly fleet: Fleet;
  /** By slot. */
  readonly vehicles: VehicleState[];
  readonly slotByVehicle: Map<string, number>;
  /** By provider, then name, so that no key is put together for each packet. */
  readonly devices: Map<TrackerProvider, Map<string, DeviceState>>;
  /** Devices heard from that no vehicle ever carried; there is room for so many. */
  unclaimedDevices: number;
  readonly feeds: Map<FeedName, FeedCounts>;
  readonly situations: Map<string, Situation>;
  readonly contracts: ContractAccount[];
  /** By operator id. */
  readonly operatorNames: Map<string, string>;
  /** Who may connect and publish what, as decided; the door reads it. */
  readonly door: DoorBook;
  readonly access: AccessBook;
  /**
   * When the first open day of any contract ends: something is due then by the clock alone, and the core process writes a
   * tick. Invariant: the least `openDayEndMs` of `contracts`; Infinity for none.
   */
  nextDeadlineMs: number;
  readonly ledger: Ledger;
  /** Documents, receipts, waivers. */
  readonly money: DocumentBook;
  readonly counts: FoldCounts;
  newestObservedAtMs: number | null;
  readonly unsaved: Unsaved;
  /**
   * Where readings of closed days are; null keeps all of them in memory. A cache that nothing follows from: a snapshot
   * has only what its series know them by.
   */
  readonly archive: ReadingArchive | null;
}

/** What has been decided about the door. */
export interface DoorBook {
  /** Raised by every decision, so that whoever acts on claims, credentials or networks knows to look again. */
  version: number;
  /** By credential id; revoked ones stay, as evidence. */
  readonly credentials: Map<string, CredentialState>;
  /** Networks from which raw trackers are served, in CIDR notation, by group. */
  readonly networksByGroup: Map<string, readonly string[]>;
  /** By name; a mapping that was switched off keeps its text. */
  readonly mappings: Map<string, MappingState>;
}

export interface CredentialState {
  readonly credential: Credential;
  readonly issuedAtMs: number;
  readonly issuedBy: string;
  revokedAtMs: number | null;
}

export interface MappingState {
  readonly yaml: string;
  readonly isOn: boolean;
  readonly switchedAtMs: number;
  readonly switchedBy: string;
}

export interface VehicleState {
  readonly slot: number;
  readonly vehicle: string;
  /** False for a device that is in no book. */
  isClaimed: boolean;
  /** An unclaimed tracker that was claimed: its slot stays its own, and is not drawn. */
  isHidden: boolean;
  readonly registration: string;
  readonly make: string;
  readonly model: string;
  readonly vin: string | null;
  /** As the book has them; null for a device that is in no book. */
  readonly facts: VehicleFacts | null;
  provider: TrackerProvider | null;
  device: string | null;
  /** Readings by series, (tracker, origin); `billingSeries` names the one that is billed (rule M4a). */
  readonly series: Map<string, Series>;
  billingSeries: string | null;
  readonly opening: {
    readonly atMs: number;
    readonly rawText: string;
    readonly rawUnit: DistanceUnit;
  } | null;
  assignments: readonly Assignment[];
  /** An odometer reading of it came over raw TCP or UDP, which proves no sender. */
  isUnauthenticated: boolean;
  /** Billable tenths a contract and day. */
  readonly days: VehicleDays;
  /** The row that moves at the moment: a shortcut into `days`. */
  openDay: { readonly contract: number; readonly day: LocalDay; readonly index: number } | null;
  readonly latest: LatestValues;
  /** Odometer beside positions (rule M12). */
  readonly crossCheck: CrossCheck;
  quarantined: number;
}

export type VehicleFacts = Pick<BookVehicle, 'class' | 'powertrain' | 'cost'>;

export function factsOf({ class: vehicleClass, powertrain, cost }: BookVehicle): VehicleFacts {
  return { class: vehicleClass, powertrain, cost };
}

export interface Assignment {
  /** Index into `World.contracts`. */
  readonly contract: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A value with its two clocks. */
export interface Seen<T> {
  readonly value: T;
  readonly observedAtMs: number | null;
  readonly receivedAtMs: number;
}

export interface LatestValues {
  lastHeardAtMs: number | null;
  lastObservedAtMs: number | null;
  position: Seen<{ latitudeDegrees: number; longitudeDegrees: number }> | null;
  /** One of the two coordinates, from a feed that sends each by itself, waiting for the other. */
  halfPosition: HalfPosition | null;
  speedKmh: Seen<number> | null;
  batteryPercent: Seen<number> | null;
  isCharging: Seen<boolean> | null;
  odometer: Seen<{
    rawText: string;
    rawUnit: DistanceUnit;
    origin: OdometerOrigin;
    micrometres: number;
  }> | null;
}

export interface HalfPosition {
  readonly latitudeDegrees: number | undefined;
  readonly longitudeDegrees: number | undefined;
  readonly receivedAtMs: number;
}

/** Counts that close; a reading here is one odometer value. */
export interface FoldCounts {
  received: number;
  decoded: number;
  readonly refused: Record<string, number>;
  duplicate: number;
  readings: number;
  unclaimed: number;
  readonly byStatus: Record<string, number>;
  readonly notes: Record<string, number>;
}

/** What changed since the query side was last told. Empty in a snapshot. */
export interface Unsaved {
  vehicles: number[];
  /** Rows of `VehicleState.days`, by the vehicle's slot and their index. */
  days: { readonly slot: number; readonly index: number }[];
  sets: EntrySet[];
  /** Raised when a vehicle or tracker became known, so that windows ask for the roster again. */
  rosterVersion: number;
}

export function newWorld(archive: ReadingArchive | null = null): World {
  return {
    clockMs: 0,
    nextPosition: 0,
    facility: null,
    fleet: newFleet(),
    vehicles: [],
    slotByVehicle: new Map(),
    devices: new Map(),
    unclaimedDevices: 0,
    feeds: new Map(),
    situations: new Map(),
    contracts: [],
    operatorNames: new Map(),
    door: { version: 0, credentials: new Map(), networksByGroup: new Map(), mappings: new Map() },
    access: newAccessBook(),
    nextDeadlineMs: Number.POSITIVE_INFINITY,
    ledger: newLedger(),
    money: newDocumentBook(),
    counts: {
      received: 0,
      decoded: 0,
      refused: {},
      duplicate: 0,
      readings: 0,
      unclaimed: 0,
      byStatus: {},
      notes: {},
    },
    newestObservedAtMs: null,
    unsaved: { vehicles: [], days: [], sets: [], rosterVersion: 0 },
    archive,
  };
}

export function deviceKey(provider: TrackerProvider, device: string): string {
  return `${provider} ${device}`;
}

/** Gives a vehicle its slot. */
export function addVehicle(
  world: World,
  identity: Omit<
    VehicleState,
    | 'slot'
    | 'isHidden'
    | 'latest'
    | 'days'
    | 'openDay'
    | 'quarantined'
    | 'series'
    | 'isUnauthenticated'
    | 'crossCheck'
  >,
): VehicleState {
  const slot = addSlot(world.fleet);
  const vehicle: VehicleState = {
    slot,
    ...identity,
    isHidden: false,
    isUnauthenticated: false,
    crossCheck: newCrossCheck(),
    series: new Map(),
    days: newVehicleDays(),
    openDay: null,
    latest: {
      lastHeardAtMs: null,
      lastObservedAtMs: null,
      position: null,
      halfPosition: null,
      speedKmh: null,
      batteryPercent: null,
      isCharging: null,
      odometer: null,
    },
    quarantined: 0,
  };
  world.vehicles.push(vehicle);
  world.slotByVehicle.set(vehicle.vehicle, slot);
  world.unsaved.vehicles.push(slot);
  world.unsaved.rosterVersion += 1;
  return vehicle;
}
