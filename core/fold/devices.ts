import type { OdometerOrigin, TrackerProvider } from '../protocol/book.ts';
import type { Transport } from '../protocol/raw-topic.ts';
import { newSeries, type Series } from '../metering/series.ts';
import { feedFactsIn } from './mappings-on.ts';
import type { World } from './world.ts';

/**
 * One tracker as it is known: who carries it when, and what it sent while nobody did. A tracker belongs to a vehicle
 * for an interval; the intervals of one tracker never overlap.
 */
export interface DeviceState {
  readonly provider: TrackerProvider;
  /** Its name among all of its feed. */
  readonly name: string;
  /** By time, without overlap. */
  bindings: readonly TrackerBinding[];
  /** Its odometer readings of times when no vehicle carried it, by origin: claiming it makes them count. */
  readonly unbound: Map<OdometerOrigin, Series>;
  /** The networks a raw tracker may come from have this name. */
  group: string;
  firstHeardAtMs: number | null;
  lastHeardAtMs: number | null;
  packets: number;
  /** Journal position of the last packet. */
  lastPosition: number | null;
  lastClientId: string | null;
  lastTransport: Transport | null;
  isLastAuthenticated: boolean;
}

/** A vehicle carries the tracker from `fromMs` until before `toMs`. */
export interface TrackerBinding {
  readonly slot: number;
  /** The series of its odometer of this origin; billed when it is the vehicle's billing series. */
  readonly series: string;
  readonly origin: OdometerOrigin;
  readonly fromMs: number;
  readonly toMs: number;
}

export const DEFAULT_GROUP = 'default';

/**
 * Devices nobody claimed take memory and are named by whoever sends: beyond this many new ones are counted and no
 * longer kept. Some four kilobytes each, so eighty megabytes at the worst; a delivery of new vehicles is far smaller.
 */
export const UNCLAIMED_DEVICES_MAX = 20_000;

/** The device of that name; null when it is neither in a book, nor claimed, nor was ever heard. */
export function deviceOf(world: World, provider: TrackerProvider, name: string): DeviceState | null {
  return world.devices.get(provider)?.get(name) ?? null;
}

/** The device of that name, which is known from now on. */
export function knownDevice(world: World, provider: TrackerProvider, name: string): DeviceState {
  let ofProvider = world.devices.get(provider);
  if (ofProvider === undefined) {
    ofProvider = new Map();
    world.devices.set(provider, ofProvider);
  }
  let device = ofProvider.get(name);
  if (device === undefined) {
    device = newDevice(provider, name);
    ofProvider.set(name, device);
  }
  return device;
}

function newDevice(provider: TrackerProvider, name: string): DeviceState {
  return {
    provider,
    name,
    bindings: [],
    unbound: new Map(),
    group: DEFAULT_GROUP,
    firstHeardAtMs: null,
    lastHeardAtMs: null,
    packets: 0,
    lastPosition: null,
    lastClientId: null,
    lastTransport: null,
    isLastAuthenticated: false,
  };
}

/** Which vehicle carried the tracker at that time; null when none did. */
export function bindingAt({ bindings }: DeviceState, atMs: number): TrackerBinding | null {
  for (const binding of bindings) if (atMs >= binding.fromMs && atMs < binding.toMs) return binding;
  return null;
}

export function seriesKey(provider: TrackerProvider, device: string, origin: OdometerOrigin): string {
  return `${provider} ${device} ${origin}`;
}

/** A new, empty series of a feed's readings. */
export function seriesFor({ door }: World, provider: TrackerProvider): Series {
  return newSeries(feedFactsIn(door, provider).isMeteredByReceipt);
}
