import { at, type RoadNetwork } from './road-network.ts';

/** Finds routes over one network. It keeps its working columns, so a search allocates nothing but its answer. */
export interface RouteFinder {
  /** The edges of the quickest way from one junction to another; empty when they are the same. */
  readonly route: (fromNode: number, toNode: number) => number[];
}

/** Seconds × 1000, so that ties are broken alike on every machine. */
const MS_PER_MM_AT_1_KMH = 3.6;

/** A* by travel time; the estimate is the straight line at the network's highest limit, which is never too long. */
export function routeFinder(network: RoadNetwork): RouteFinder {
  const bestMs = new Float64Array(network.nodeCount);
  const cameBy = new Int32Array(network.nodeCount);
  const search = new Int32Array(network.nodeCount);
  let searches = 0;

  const route = (fromNode: number, toNode: number): number[] => {
    searches += 1;
    const open = new NodeQueue();
    const estimateMs = estimator(network, toNode);
    bestMs[fromNode] = 0;
    search[fromNode] = searches;
    open.push(fromNode, estimateMs(fromNode));
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === toNode) return pathTo(network, cameBy, fromNode, toNode);
      const soFarMs = bestMs[node] ?? 0;
      for (let edge = at(network.firstEdge, node); edge < at(network.firstEdge, node + 1); edge += 1) {
        const next = at(network.edgeTo, edge);
        const reachedMs =
          soFarMs + (at(network.edgeLengthMm, edge) * MS_PER_MM_AT_1_KMH) / at(network.edgeSpeedKmh, edge);
        if (search[next] === searches && reachedMs >= (bestMs[next] ?? 0)) continue;
        search[next] = searches;
        bestMs[next] = reachedMs;
        cameBy[next] = edge;
        open.push(next, reachedMs + estimateMs(next));
      }
    }
    return [];
  };
  return { route };
}

/** A flat-earth distance, a little short on purpose: an estimate above the truth would miss the quickest way. */
function estimator(network: RoadNetwork, toNode: number): (node: number) => number {
  const [toX, toY] = [at(network.nodesE6, 2 * toNode), at(network.nodesE6, 2 * toNode + 1)];
  const mmPerE6 = 111.1;
  const shrink = Math.cos(((Math.abs(toY) / 1e6 + 0.2) * Math.PI) / 180);
  const msPerMm = MS_PER_MM_AT_1_KMH / network.fastestKmh;
  return (node) => {
    const east = (at(network.nodesE6, 2 * node) - toX) * shrink;
    const north = at(network.nodesE6, 2 * node + 1) - toY;
    return Math.sqrt(east * east + north * north) * mmPerE6 * msPerMm;
  };
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

/** A binary heap of nodes by cost. A node may be in it twice; the dearer copy comes out late and finds nothing new. */
class NodeQueue {
  private readonly nodes: number[] = [];
  private readonly costs: number[] = [];

  push(node: number, cost: number): void {
    let place = this.nodes.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.costs[parent] ?? 0) <= cost) break;
      this.put(place, this.nodes[parent] ?? 0, this.costs[parent] ?? 0);
      place = parent;
    }
    this.put(place, node, cost);
  }

  pop(): number | undefined {
    const top = this.nodes[0];
    const node = this.nodes.pop();
    const cost = this.costs.pop();
    if (node !== undefined && cost !== undefined && this.nodes.length > 0) this.sink(node, cost);
    return top;
  }

  private sink(node: number, cost: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.nodes.length) break;
      if (child + 1 < this.nodes.length && (this.costs[child + 1] ?? 0) < (this.costs[child] ?? 0))
        child += 1;
      if ((this.costs[child] ?? 0) >= cost) break;
      this.put(place, this.nodes[child] ?? 0, this.costs[child] ?? 0);
      place = child;
    }
    this.put(place, node, cost);
  }

  private put(place: number, node: number, cost: number): void {
    this.nodes[place] = node;
    this.costs[place] = cost;
  }
}
