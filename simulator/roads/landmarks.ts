import { NodeQueue } from './node-queue.ts';
import { at, edgeMs, type RoadNetwork } from './road-network.ts';

/**
 * Travel times between every junction and a few far ones, worked out once. By them a search knows, without looking, how
 * long a way takes at least: a way to a landmark by a detour is no shorter than the way to it.
 */
export interface Landmark {
  /** Milliseconds from the landmark to each junction, and from each junction to it. */
  readonly fromItMs: Float64Array;
  readonly toItMs: Float64Array;
}

/** More of them make searches shorter and the start longer. */
const LANDMARKS = 6;

/** Each is the junction furthest from those before it, so that they lie around the town. */
export function landmarks(network: RoadNetwork): readonly Landmark[] {
  const chosen: Landmark[] = [];
  const [ahead, back] = [forwards(network), reversed(network)];
  const nearestMs = new Float64Array(network.nodeCount).fill(Infinity);
  let node = furthest(travelMs(network, 0, ahead));
  while (chosen.length < Math.min(LANDMARKS, network.nodeCount)) {
    const fromItMs = travelMs(network, node, ahead);
    chosen.push({ fromItMs, toItMs: travelMs(network, node, back) });
    fromItMs.forEach((ms, other) => (nearestMs[other] = Math.min(nearestMs[other] ?? 0, ms)));
    node = furthest(nearestMs);
  }
  return chosen;
}

/** Edges by the junction they leave, or, turned round, by the one they reach. */
interface Steps {
  readonly first: (node: number) => number;
  readonly edge: (place: number) => number;
  readonly next: (edge: number) => number;
}

function forwards(network: RoadNetwork): Steps {
  return {
    first: (node) => at(network.firstEdge, node),
    edge: (place) => place,
    next: (edge) => at(network.edgeTo, edge),
  };
}

function reversed(network: RoadNetwork): Steps {
  const first = new Int32Array(network.nodeCount + 1);
  for (const node of network.edgeTo) first[node + 1] = at(first, node + 1) + 1;
  for (let node = 0; node < network.nodeCount; node += 1) {
    first[node + 1] = at(first, node + 1) + at(first, node);
  }
  const edges = new Int32Array(network.edgeCount);
  const filled = first.slice();
  network.edgeTo.forEach((node, edge) => {
    edges[at(filled, node)] = edge;
    filled[node] = at(filled, node) + 1;
  });
  return {
    first: (node) => at(first, node),
    edge: (place) => at(edges, place),
    next: (edge) => at(network.edgeFrom, edge),
  };
}

/** Dijkstra's way, over the whole network. */
function travelMs(network: RoadNetwork, fromNode: number, steps: Steps): Float64Array {
  const bestMs = new Float64Array(network.nodeCount).fill(Infinity);
  const isDone = new Uint8Array(network.nodeCount);
  const open = new NodeQueue();
  bestMs[fromNode] = 0;
  open.push(fromNode, 0);
  for (let node = open.pop(); node !== -1; node = open.pop()) {
    if (isDone[node] === 1) continue;
    isDone[node] = 1;
    const soFarMs = bestMs[node] ?? 0;
    for (let place = steps.first(node); place < steps.first(node + 1); place += 1) {
      const edge = steps.edge(place);
      const next = steps.next(edge);
      const reachedMs = soFarMs + edgeMs(network, edge);
      if (reachedMs >= (bestMs[next] ?? 0)) continue;
      bestMs[next] = reachedMs;
      open.push(next, reachedMs);
    }
  }
  return bestMs;
}

function furthest(ms: Float64Array): number {
  let best = 0;
  ms.forEach((value, node) => {
    if (value > (ms[best] ?? 0) && value < Infinity) best = node;
  });
  return best;
}
