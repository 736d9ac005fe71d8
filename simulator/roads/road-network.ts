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
  /** Direction in which an edge leaves its first junction, and in which it reaches its last: whole degrees from north. */
  readonly edgeStartHeading: Int16Array;
  readonly edgeEndHeading: Int16Array;
  /** Edges out of node n are those from firstEdge[n] up to firstEdge[n + 1]. */
  readonly firstEdge: Int32Array;
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
  const network = {
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
    destinations: destinations(file),
    edgeStartHeading: new Int16Array(edgeCount),
    edgeEndHeading: new Int16Array(edgeCount),
  };
  for (let edge = 0; edge < edgeCount; edge += 1) {
    network.edgeStartHeading[edge] = positionOnEdge(network, edge, 0).headingDegrees;
    network.edgeEndHeading[edge] = positionOnEdge(network, edge, Infinity).headingDegrees;
  }
  return network;
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
export function at(column: Int32Array | Int16Array | Uint8Array, row: number): number {
  return must(column[row], () => `row ${row} is beyond a column of ${column.length}`);
}

/** How long an edge takes at its limit, milliseconds. */
export function edgeMs(network: RoadNetwork, edge: number): number {
  return (at(network.edgeLengthMm, edge) * MS_PER_MM_AT_1_KMH) / at(network.edgeSpeedKmh, edge);
}

const MS_PER_MM_AT_1_KMH = 3.6;

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
    headingDegrees: isReversed
      ? headingBetween(toX, toY, fromX, fromY)
      : headingBetween(fromX, fromY, toX, toY),
  };
}

/** Metres between two junctions as the crow flies, near enough for choosing between places of one city. */
export function metresBetweenNodes(network: RoadNetwork, a: number, b: number): number {
  const { nodesE6 } = network;
  const latitudeE6 = at(nodesE6, 2 * b + 1);
  const east = (at(nodesE6, 2 * b) - at(nodesE6, 2 * a)) * Math.cos((latitudeE6 / 1e6 / 180) * Math.PI);
  const north = latitudeE6 - at(nodesE6, 2 * a + 1);
  return Math.hypot(east, north) * METRES_PER_E6;
}

const METRES_PER_E6 = 0.1112;

/** Whole degrees from north of the way from one place to another, 1e-6 degree each. */
export function headingBetween(fromX: number, fromY: number, toX: number, toY: number): number {
  const east = (toX - fromX) * Math.cos((((fromY + toY) / 2e6) * Math.PI) / 180);
  const degrees = Math.round((Math.atan2(east, toY - fromY) * 180) / Math.PI);
  return (degrees + 360) % 360;
}
