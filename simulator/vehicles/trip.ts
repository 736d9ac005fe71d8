import type { RandomStream } from '../../core/base/random.ts';
import { at, type RoadNetwork } from '../roads/road-network.ts';

/** A route made drivable: how fast each stretch may be driven, how fast its end may be passed, and where to stand. */
export interface Trip {
  readonly edges: Int32Array;
  readonly limitMmPerS: Int32Array;
  /** Highest speed at the end of each edge from which everything after it can still be braked for. */
  readonly endMmPerS: Int32Array;
  /** Seconds to stand at the end of each edge: lights, a queue, a bus stop. */
  readonly holdSeconds: Uint8Array;
}

/** What comfortable driving does to speed, in mm/s each second. */
export const ACCELERATION_MM_PER_S2 = 1_500;
export const BRAKING_MM_PER_S2 = 2_000;

const MM_PER_S_AT_1_KMH = 1_000 / 3.6;
/** One junction in so many has a red light. */
const JUNCTIONS_A_STOP = 14;
const STOP_SECONDS_MAX = 18;
const SHARP_TURN_DEGREES = 60;
const SLIGHT_TURN_DEGREES = 25;
const SHARP_TURN_MM_PER_S = 4_200;
const SLIGHT_TURN_MM_PER_S = 9_000;

/** A bus stops at the first junction after so many metres, for so long. */
const METRES_A_BUS_STOP = 450;
const BUS_STOP_SECONDS = 18;

/**
 * Plans the drive along a route. `pace` is the driver's share of the limit; the last edge ends standing. With
 * `stopsOnTheWay` it is a bus's.
 */
export function planTrip(
  network: RoadNetwork,
  route: readonly number[],
  pace: number,
  chance: RandomStream,
  stopsOnTheWay: boolean,
): Trip {
  const edges = Int32Array.from(route);
  const limitMmPerS = edges.map((edge) =>
    Math.round(at(network.edgeSpeedKmh, edge) * pace * MM_PER_S_AT_1_KMH),
  );
  const holdSeconds = Uint8Array.from(edges, () =>
    chance.below(JUNCTIONS_A_STOP) === 0 ? 3 + chance.below(STOP_SECONDS_MAX) : 0,
  );
  if (stopsOnTheWay) addBusStops(network, edges, holdSeconds);
  const endMmPerS = new Int32Array(edges.length);
  for (let i = edges.length - 2; i >= 0; i -= 1) {
    const next = at(edges, i + 1);
    const brakeable = speedToBrakeFrom(at(endMmPerS, i + 1), at(network.edgeLengthMm, next));
    const turnMmPerS = turnSpeed(
      turnDegrees(at(network.edgeEndHeading, at(edges, i)), at(network.edgeStartHeading, next)),
    );
    const isStop = at(holdSeconds, i) !== 0;
    endMmPerS[i] = isStop ? 0 : Math.floor(Math.min(turnMmPerS, at(limitMmPerS, i + 1), brakeable));
  }
  return { edges, limitMmPerS, endMmPerS, holdSeconds };
}

function addBusStops(network: RoadNetwork, edges: Int32Array, holdSeconds: Uint8Array): void {
  let sinceStopMm = 0;
  edges.forEach((edge, leg) => {
    sinceStopMm += at(network.edgeLengthMm, edge);
    if (sinceStopMm < METRES_A_BUS_STOP * 1_000) return;
    sinceStopMm = 0;
    holdSeconds[leg] = Math.max(at(holdSeconds, leg), BUS_STOP_SECONDS);
  });
}

function turnSpeed(degrees: number): number {
  if (degrees > SHARP_TURN_DEGREES) return SHARP_TURN_MM_PER_S;
  return degrees > SLIGHT_TURN_DEGREES ? SLIGHT_TURN_MM_PER_S : Infinity;
}

/** The speed from which `endMmPerS` is reached in a distance by ordinary braking. */
export function speedToBrakeFrom(endMmPerS: number, distanceMm: number): number {
  return Math.sqrt(endMmPerS * endMmPerS + 2 * BRAKING_MM_PER_S2 * distanceMm);
}

function turnDegrees(from: number, to: number): number {
  const turn = Math.abs(to - from) % 360;
  return turn > 180 ? 360 - turn : turn;
}
