import { type Landmark, landmarks } from './landmarks.ts';
import { NodeQueue } from './node-queue.ts';
import { at, edgeMs, type RoadNetwork } from './road-network.ts';

/** Finds routes over one network. It keeps its working columns, so a search allocates nothing but its answer. */
export interface RouteFinder {
  /** The edges of the quickest way from one junction to another; empty when they are the same. */
  readonly route: (fromNode: number, toNode: number) => number[];
}

/**
 * A* by travel time. What is still to come is estimated by landmarks: never too long, and nearly right, so that a search
 * looks at few junctions beside the way it finds.
 */
export function routeFinder(network: RoadNetwork): RouteFinder {
  const known = landmarks(network);
  const bestMs = new Float64Array(network.nodeCount);
  const cameBy = new Int32Array(network.nodeCount);
  const search = new Int32Array(network.nodeCount);
  const isDone = new Int32Array(network.nodeCount);
  const open = new NodeQueue();
  let searches = 0;

  const route = (fromNode: number, toNode: number): number[] => {
    searches += 1;
    open.clear();
    bestMs[fromNode] = 0;
    search[fromNode] = searches;
    open.push(fromNode, leastMs(known, fromNode, toNode));
    for (let node = open.pop(); node !== -1; node = open.pop()) {
      if (node === toNode) return pathTo(network, cameBy, fromNode, toNode);
      if (isDone[node] === searches) continue;
      isDone[node] = searches;
      const soFarMs = bestMs[node] ?? 0;
      for (let edge = at(network.firstEdge, node); edge < at(network.firstEdge, node + 1); edge += 1) {
        const next = at(network.edgeTo, edge);
        const reachedMs = soFarMs + edgeMs(network, edge);
        if (search[next] === searches && reachedMs >= (bestMs[next] ?? 0)) continue;
        search[next] = searches;
        isDone[next] = 0;
        bestMs[next] = reachedMs;
        cameBy[next] = edge;
        open.push(next, reachedMs + leastMs(known, next, toNode));
      }
    }
    return [];
  };
  return { route };
}

/** No way between two junctions is quicker, whatever landmark one goes by. */
function leastMs(known: readonly Landmark[], node: number, toNode: number): number {
  let least = 0;
  for (const { fromItMs, toItMs } of known) {
    const onwards = (fromItMs[toNode] ?? 0) - (fromItMs[node] ?? 0);
    const back = (toItMs[node] ?? 0) - (toItMs[toNode] ?? 0);
    // Compared so that a landmark that neither reaches says nothing.
    if (onwards > least) least = onwards;
    if (back > least) least = back;
  }
  return least;
}

function pathTo(network: RoadNetwork, cameBy: Int32Array, fromNode: number, toNode: number): number[] {
  const edges: number[] = [];
  for (let node = toNode; node !== fromNode;) {
    const edge = at(cameBy, node);
    edges.push(edge);
    node = at(network.edgeFrom, edge);
  }
  return edges.reverse();
}
