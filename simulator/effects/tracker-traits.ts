import { randomStream, type RandomStream } from '../../core/base/random.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { DEFAULT_TELTONIKA } from '../trackers/fit-tracker.ts';
import type { TeltonikaSetup } from '../trackers/teltonika-binary.ts';
import type { ClockError } from './tracker-clock.ts';
import type { GpsTraits } from './gps-receiver.ts';
import type { DriftKind } from './schema-drift.ts';

/** How one tracker differs from one that is never wrong. Null, 0 and [] switch an effect off. */
export interface TrackerTraits {
  readonly gps: GpsTraits | null;
  readonly clock: ClockError | null;
  readonly buffer: BufferTraits;
  /** Share of packets that are sent twice, and that are overtaken by later ones. */
  readonly duplicateShare: number;
  readonly overtakenShare: number;
  /** Share of packets that are damaged on the way. */
  readonly damageShare: number;
  readonly odometer: OdometerTraits;
  /** What its firmware does to the shape of messages. */
  readonly schema: readonly DriftKind[];
  /** Waits longer from try to try when the broker is away. */
  readonly backoffSeconds: number;
  readonly teltonika: TeltonikaSetup;
}

/** What a tracker does with packets it cannot send. */
export interface BufferTraits {
  /** A box keeps all of them; a maker's service has the latest value of each thing only. */
  readonly keeps: 'all' | 'latest';
  readonly packetsMax: number;
  readonly order: 'oldest-first' | 'newest-first';
  /** When it is back it sends so many a second, each of so many packets where the feed can join them. */
  readonly messagesPerSecond: number;
  readonly packetsPerMessage: number;
}

export interface OdometerTraits {
  /** Share by which a distance added up from fixes is too long or too short. */
  readonly drift: number;
  /** The counter starts again from nought here. */
  readonly rollsOverAtKm: number | null;
  /** A firmware update makes it count in miles instead of kilometres, or the other way round. */
  readonly unitChangesAtMs: number | null;
}

const BOXES: readonly FleetVehicle['provider'][] = [
  'teltonika',
  'teltonika-mqtt-json',
  'queclink',
  'owntracks',
  'flespi',
  'traccar',
];

/** True for feeds of boxes, which keep what they measured with its time. */
export function isBox(feed: FleetVehicle['provider']): boolean {
  return BOXES.includes(feed);
}

/** A tracker that is never wrong, and keeps what it cannot send. */
export function plainTraits({ provider }: Pick<FleetVehicle, 'provider'>): TrackerTraits {
  return {
    gps: null,
    clock: null,
    buffer: {
      // A BMW's message holds what changed, so none of them stands for another.
      keeps: isBox(provider) || provider === 'bmw-cardata' ? 'all' : 'latest',
      packetsMax: 10_000,
      order: 'oldest-first',
      messagesPerSecond: 50,
      packetsPerMessage: 10,
    },
    duplicateShare: 0,
    overtakenShare: 0,
    damageShare: 0,
    odometer: { drift: 0, rollsOverAtKm: null, unitChangesAtMs: null },
    schema: [],
    backoffSeconds: 0,
    teltonika: DEFAULT_TELTONIKA,
  };
}

/** True when nothing of what such a tracker says is changed, kept or lost as long as no fault holds. */
export function isWithoutEffects(traits: TrackerTraits): boolean {
  const { gps, clock, schema, odometer, duplicateShare, overtakenShare, damageShare } = traits;
  const isOdometerTrue =
    odometer.drift === 0 && odometer.rollsOverAtKm === null && odometer.unitChangesAtMs === null;
  const isWayClear = duplicateShare === 0 && overtakenShare === 0 && damageShare === 0;
  return gps === null && clock === null && schema.length === 0 && isOdometerTrue && isWayClear;
}

/** The tracker a vehicle of a plan has: as plain or as real as the plan says. */
export function plannedTraits(
  { seed, timeZone }: Pick<FleetPlan, 'seed' | 'timeZone'>,
  vehicle: FleetVehicle,
): TrackerTraits {
  return vehicle.trackers === 'realistic' ? realisticTraits(seed, vehicle, timeZone) : plainTraits(vehicle);
}

/** A tracker as they really are. Which one depends on the seed and the vehicle only. */
export function realisticTraits(
  seed: number,
  vehicle: Pick<FleetVehicle, 'id' | 'provider' | 'origin'>,
  timeZone: string,
): TrackerTraits {
  const chance = randomStream(seed, vehicle.id, 'traits');
  const plain = plainTraits(vehicle);
  const isCanyon = chance.next() < 0.1;
  const wanderMetres = isCanyon ? between(chance, 15, 50) : between(chance, 3, 8);
  const clock = clockError(chance, timeZone);
  const isGpsAccumulated = vehicle.origin === 'tracker' && chance.next() < 0.3;
  const drift = between(chance, 0.01, 0.03) * (chance.next() < 0.5 ? -1 : 1);
  const codec = (['8', '8', '8E', '8E', '16'] as const)[chance.below(5)] ?? '8';
  return {
    ...plain,
    gps: {
      wanderMetres,
      coldStartSeconds: [20, 60],
      coldStartMetres: [50, 200],
      tunnelShare: 0.03,
      tunnelSeconds: [20, 90],
    },
    clock,
    buffer: { ...plain.buffer, order: vehicle.provider === 'teltonika' ? 'newest-first' : 'oldest-first' },
    duplicateShare: 0.002,
    overtakenShare: isBox(vehicle.provider) ? 0.005 : 0,
    odometer: { ...plain.odometer, drift: isGpsAccumulated ? drift : 0, rollsOverAtKm: 1_000_000 },
    schema: chance.next() < 0.02 ? ['extra'] : [],
    backoffSeconds: 30,
    teltonika: { codec, transport: 'tcp' },
  };
}

/** Two seconds either way as a rule; one clock in 500 by minutes, and one in 500 badly. */
function clockError(chance: RandomStream, timeZone: string): ClockError {
  const usualMs = Math.round(between(chance, -2_000, 2_000));
  const kind = chance.below(1_500);
  if (kind < 3) return { kind: 'skew', offsetMs: Math.round(between(chance, -10, 10) * 60_000) };
  if (kind === 3) return { kind: 'unset' };
  if (kind === 4) return { kind: 'week-rollover' };
  if (kind === 5) return { kind: 'zone', timeZone };
  return { kind: 'skew', offsetMs: usualMs };
}

function between(chance: RandomStream, from: number, to: number): number {
  return from + chance.next() * (to - from);
}
