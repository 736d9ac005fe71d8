import { type RandomStream, randomStream } from '../../core/base/random.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { at, metresBetweenNodes, type RoadNetwork } from '../roads/road-network.ts';
import { drawn } from './day-plan.ts';
import { workPattern, type WorkPattern } from './work-pattern.ts';

/** Where a vehicle's trips lead, and how long it stays. */
export interface Itinerary {
  /** Where it is garaged, and where its story begins. */
  readonly depot: number;
  readonly next: (fromNode: number) => number;
  /** When it goes on from where it came to at an instant. */
  readonly leavesAtMs: (arrivedMs: number) => number;
  readonly stopsOnTheWay: boolean;
}

const CANDIDATE_PLACES = 8;
/** Streets are about so much longer than the straight line. */
const DETOUR = 1.3;
/** Buses of an operator on one line, one after the other. */
const BUSES_A_LINE = 6;
/** A line has a departure from each end every so often, by the clock; each bus takes its own. */
const HEADWAY_MS = 10 * 60_000;

/** The itinerary of a vehicle; its chance is the vehicle's own, but the line of a bus is its operator's. */
export function itinerary(
  seed: number,
  traits: FleetVehicle,
  network: RoadNetwork,
  chance: RandomStream,
): Itinerary {
  const pattern = workPattern(traits.pattern);
  const depot = anyPlace(network, chance);
  const dwellMs = (): number => Math.round(drawn(chance, pattern.dwellSeconds)) * 1_000;
  const somewhere = (fromNode: number): number => placeAbout(network, fromNode, pattern, chance);
  if (pattern.tripsLead === 'along a line') {
    const [first, last] = lineEnds(seed, traits, network, pattern);
    return {
      depot,
      next: (fromNode) => (fromNode === first ? last : first),
      leavesAtMs: (arrivedMs) => Math.ceil((arrivedMs + dwellMs()) / HEADWAY_MS) * HEADWAY_MS,
      stopsOnTheWay: true,
    };
  }
  const leavesAtMs = (arrivedMs: number): number => arrivedMs + dwellMs();
  const next =
    pattern.tripsLead === 'out and back'
      ? (fromNode: number): number => (fromNode === depot ? somewhere(fromNode) : depot)
      : somewhere;
  return { depot, next, leavesAtMs, stopsOnTheWay: false };
}

/** Any junction worth a visit. */
export function anyPlace(network: RoadNetwork, chance: RandomStream): number {
  return at(network.destinations, chance.below(network.destinations.length));
}

/** Both ends of the line a bus serves. */
function lineEnds(
  seed: number,
  traits: FleetVehicle,
  network: RoadNetwork,
  pattern: WorkPattern,
): [number, number] {
  const number = Math.floor(numberOf(traits.id) / BUSES_A_LINE);
  const chance = randomStream(seed, 'line', traits.operator, number);
  const first = anyPlace(network, chance);
  return [first, placeAbout(network, first, pattern, chance)];
}

function numberOf(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}

/** Of a few places, the one whose distance is nearest to what such a trip is like. */
function placeAbout(
  network: RoadNetwork,
  fromNode: number,
  pattern: WorkPattern,
  chance: RandomStream,
): number {
  const wantedMetres = drawn(chance, pattern.tripMetres);
  let best = fromNode;
  let bestGap = Infinity;
  for (let i = 0; i < CANDIDATE_PLACES; i += 1) {
    const place = anyPlace(network, chance);
    const gap = Math.abs(metresBetweenNodes(network, fromNode, place) * DETOUR - wantedMetres);
    if (place !== fromNode && gap < bestGap) [best, bestGap] = [place, gap];
  }
  return best;
}
