import { assert, must } from '../../core/base/assert.ts';
import type { NetworkFile } from './network-file.ts';

/** A network ready to be driven: the file's columns as typed arrays, and where each junction's edges begin. */
export interface RoadNetwork {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodesE6: Int32Array;
  readonly pointsE6: Int32Array;
  readonly pointsMm: Int32Array;
  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeLengthMm: Int32Array;
  readonly edgeSpeedKmh: Uint8Array;
  readonly edgeFirstPoint: Int32Array;
  readonly edgePointCount: Int32Array;
  readonly edgeReversed: Uint8Array;
  /** Edges out of node n are those from firstEdge[n] up to firstEdge[n + 1]. */
  readonly firstEdge: Int32Array;
  readonly fastestKmh: number;
  /** Junctions worth a visit: those an ordinary street (not a service road) leads away from. */
  readonly destinations: Int32Array;
}

/** Where a vehicle is and which way it points. Degrees to six decimals; heading in whole degrees from north. */
export interface RoadPosition {
  readonly latitudeE6: number;
  readonly longitudeE6: number;
  readonly headingDegrees: number;
}

/** Makes a network from its file. The file is our own build's output, so a file that does not fit is our mistake. */
export function roadNetwork(file: NetworkFile): RoadNetwork {
  const { edges } = file;
  const nodeCount = file.nodesE6.length / 2;
  const edgeCount = edges.from.length;
  assert(nodeCount > 1 && edgeCount > 1, 'a road network has junctions and edges');
  assert(
    edges.from.every((node, edge) => edge === 0 || node >= (edges.from[edge - 1] ?? 0)),
    'edges are sorted by the node they leave',
  );
  const firstEdge = new Int32Array(nodeCount + 1);
  for (const node of edges.from) firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodeCount; node += 1) {
    firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + (firstEdge[node] ?? 0);
  }
  return {
    nodeCount,
    edgeCount,
    nodesE6: Int32Array.from(file.nodesE6),
    pointsE6: Int32Array.from(file.pointsE6),
    pointsMm: Int32Array.from(file.pointsMm),
    edgeFrom: Int32Array.from(edges.from),
    edgeTo: Int32Array.from(edges.to),
    edgeLengthMm: Int32Array.from(edges.lengthMm),
    edgeSpeedKmh: Uint8Array.from(edges.speedKmh),
    edgeFirstPoint: Int32Array.from(edges.firstPoint),
    edgePointCount: Int32Array.from(edges.pointCount),
    edgeReversed: Uint8Array.from(edges.reversed),
    firstEdge,
    fastestKmh: edges.speedKmh.reduce((fastest, kmh) => Math.max(fastest, kmh), 1),
    destinations: destinations(file),
  };
}

function destinations(file: NetworkFile): Int32Array {
  const service = file.classes.indexOf('service');
  const nodes = new Set<number>();
  file.edges.from.forEach((node, edge) => {
    if (file.edges.class[edge] !== service) nodes.add(node);
  });
  return Int32Array.from(nodes.size > 1 ? nodes : file.edges.from);
}

/** The value in a column; asking beyond its end is our mistake. */
export function at(column: Int32Array | Uint8Array, row: number): number {
  return must(column[row], () => `row ${row} is beyond a column of ${column.length}`);
}

/** The place `alongMm` from an edge's start, in the direction it is driven. */
export function positionOnEdge(network: RoadNetwork, edge: number, alongMm: number): RoadPosition {
  const first = at(network.edgeFirstPoint, edge);
  const last = first + at(network.edgePointCount, edge) - 1;
  const isReversed = network.edgeReversed[edge] === 1;
  const lengthMm = at(network.edgeLengthMm, edge);
  let left = Math.min(lengthMm, Math.max(0, isReversed ? lengthMm - alongMm : alongMm));
  let point = first + 1;
  while (point < last && left > at(network.pointsMm, point)) {
    left -= at(network.pointsMm, point);
    point += 1;
  }
  const share = left / at(network.pointsMm, point);
  const [fromX, fromY] = [at(network.pointsE6, 2 * point - 2), at(network.pointsE6, 2 * point - 1)];
  const [toX, toY] = [at(network.pointsE6, 2 * point), at(network.pointsE6, 2 * point + 1)];
  return {
    longitudeE6: Math.round(fromX + (toX - fromX) * share),
    latitudeE6: Math.round(fromY + (toY - fromY) * share),
    headingDegrees: isReversed ? heading(toX, toY, fromX, fromY) : heading(fromX, fromY, toX, toY),
  };
}

/** Direction in which an edge leaves its first junction, and in which it reaches its last: whole degrees from north. */
export function edgeHeadings(network: RoadNetwork, edge: number): { start: number; end: number } {
  return {
    start: positionOnEdge(network, edge, 0).headingDegrees,
    end: positionOnEdge(network, edge, at(network.edgeLengthMm, edge)).headingDegrees,
  };
}

function heading(fromX: number, fromY: number, toX: number, toY: number): number {
  const east = (toX - fromX) * Math.cos((((fromY + toY) / 2e6) * Math.PI) / 180);
  const degrees = Math.round((Math.atan2(east, toY - fromY) * 180) / Math.PI);
  return (degrees + 360) % 360;
}
