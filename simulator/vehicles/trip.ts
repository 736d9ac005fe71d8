import { must } from '../../core/base/assert.ts';
import type { RandomStream } from '../../core/base/random.ts';
import { at, edgeHeadings, type RoadNetwork } from '../roads/road-network.ts';

/** A route made drivable: how fast each stretch may be driven, how fast its end may be passed, and where to stand. */
export interface Trip {
  readonly edges: readonly number[];
  readonly limitMmPerS: readonly number[];
  /** Highest speed at the end of each edge from which everything after it can still be braked for. */
  readonly endMmPerS: readonly number[];
  /** Seconds to stand at the end of each edge: lights, a queue. */
  readonly holdSeconds: readonly number[];
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

/** Plans the drive along a route. `pace` is the driver's share of the limit; the last edge ends standing. */
export function planTrip(
  network: RoadNetwork,
  edges: readonly number[],
  pace: number,
  chance: RandomStream,
): Trip {
  const limitMmPerS = edges.map((edge) =>
    Math.round(at(network.edgeSpeedKmh, edge) * pace * MM_PER_S_AT_1_KMH),
  );
  const headings = edges.map((edge) => edgeHeadings(network, edge));
  const holdSeconds = edges.map(() =>
    chance.below(JUNCTIONS_A_STOP) === 0 ? 3 + chance.below(STOP_SECONDS_MAX) : 0,
  );
  const endMmPerS: number[] = edges.map(() => 0);
  for (let i = edges.length - 2; i >= 0; i -= 1) {
    const after = i + 1;
    const brakeable = speedToBrakeFrom(
      must(endMmPerS[after], 'planned from the end'),
      at(network.edgeLengthMm, must(edges[after], 'an edge of the trip')),
    );
    const turn = turnDegrees(must(headings[i], 'an edge').end, must(headings[after], 'an edge').start);
    const turnMmPerS =
      turn > SHARP_TURN_DEGREES
        ? SHARP_TURN_MM_PER_S
        : turn > SLIGHT_TURN_DEGREES
          ? SLIGHT_TURN_MM_PER_S
          : Infinity;
    const isStop = holdSeconds[i] !== 0;
    endMmPerS[i] = isStop ? 0 : Math.floor(Math.min(turnMmPerS, limitMmPerS[after] ?? 0, brakeable));
  }
  return { edges, limitMmPerS, endMmPerS, holdSeconds };
}

/** The speed from which `endMmPerS` is reached in a distance by ordinary braking. */
export function speedToBrakeFrom(endMmPerS: number, distanceMm: number): number {
  return Math.sqrt(endMmPerS * endMmPerS + 2 * BRAKING_MM_PER_S2 * distanceMm);
}

function turnDegrees(from: number, to: number): number {
  const turn = Math.abs(to - from) % 360;
  return turn > 180 ? 360 - turn : turn;
}
