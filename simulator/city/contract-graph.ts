import { assert, must } from '../../core/base/assert.ts';
import type { NetworkFile } from '../roads/network-file.ts';
import { type DrivableWay, roadClasses } from './drivable-way.ts';
import type { PointE6 } from './source-way.ts';
import { metresBetween, type Street, type StreetGraph } from './street-graph.ts';

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly road: DrivableWay;
  readonly lengthMm: number;
  readonly firstPoint: number;
  readonly pointCount: number;
  readonly reversed: number;
}

/**
 * Turns the kept points of a graph into the network file: a junction is where streets meet, end or change; what lies
 * between two junctions becomes one edge a direction, with its shape.
 */
export function contractGraph(graph: StreetGraph, isKept: Uint8Array): NetworkFile {
  const isJunction = junctions(graph, isKept);
  const nodeOf = new Map<number, number>();
  const nodesE6: number[] = [];
  const nodeAt = (point: number): number => {
    const known = nodeOf.get(point);
    if (known !== undefined) return known;
    nodesE6.push(...placeOf(graph, point));
    nodeOf.set(point, nodeOf.size);
    return nodeOf.size - 1;
  };
  const pointsE6: number[] = [];
  const pointsMm: number[] = [];
  const edges: Edge[] = [];
  for (const street of graph.streets) {
    for (const shape of piecesBetweenJunctions(street, isKept, isJunction)) {
      const firstPoint = pointsMm.length;
      const lengthMm = addShape(graph, shape, pointsE6, pointsMm);
      const [start, end] = [
        nodeAt(must(shape[0], 'a shape has ends')),
        nodeAt(must(shape.at(-1), 'a shape has ends')),
      ];
      const common = { road: street.road, lengthMm, firstPoint, pointCount: shape.length };
      if (street.road.direction !== 'backward') edges.push({ from: start, to: end, ...common, reversed: 0 });
      if (street.road.direction !== 'forward') edges.push({ from: end, to: start, ...common, reversed: 1 });
    }
  }
  edges.sort((a, b) => a.from - b.from);
  return { version: 1, classes: roadClasses, nodesE6, pointsE6, pointsMm, edges: columns(edges) };
}

/** A point with other than two neighbours, at the end of a street's line, or beside a dropped point. */
function junctions(graph: StreetGraph, isKept: Uint8Array): Uint8Array {
  const neighbours = new Uint8Array(graph.pointsE6.length);
  const isJunction = new Uint8Array(graph.pointsE6.length);
  for (const { points } of graph.streets) {
    for (let i = 1; i < points.length; i += 1) {
      const pair = [
        must(points[i - 1], 'a street has its points'),
        must(points[i], 'a street has its points'),
      ];
      const isWhole = pair.every((point) => isKept[point] === 1);
      for (const point of pair) {
        neighbours[point] = Math.min(255, (neighbours[point] ?? 0) + 1);
        if (!isWhole) isJunction[point] = 1;
      }
    }
    for (const end of [points[0], points.at(-1)]) if (end !== undefined) isJunction[end] = 1;
  }
  return isJunction.map((isOne, point) => (isOne === 1 || neighbours[point] !== 2 ? 1 : 0));
}

function piecesBetweenJunctions(street: Street, isKept: Uint8Array, isJunction: Uint8Array): number[][] {
  const pieces: number[][] = [];
  let piece: number[] = [];
  for (const point of street.points) {
    if (isKept[point] !== 1) {
      piece = [];
      continue;
    }
    piece.push(point);
    if (piece.length > 1 && isJunction[point] === 1) {
      pieces.push(piece);
      piece = [point];
    }
  }
  return pieces;
}

function addShape(
  graph: StreetGraph,
  shape: readonly number[],
  pointsE6: number[],
  pointsMm: number[],
): number {
  let lengthMm = 0;
  let before: PointE6 | null = null;
  for (const point of shape) {
    const place = placeOf(graph, point);
    const stepMm = before === null ? 0 : Math.max(1, Math.round(metresBetween(before, place) * 1000));
    pointsE6.push(...place);
    pointsMm.push(stepMm);
    lengthMm += stepMm;
    before = place;
  }
  assert(lengthMm > 0, 'a street between two junctions has a length');
  return lengthMm;
}

function placeOf(graph: StreetGraph, point: number): PointE6 {
  return must(graph.pointsE6[point], () => `point ${point} is in the graph`);
}

function columns(edges: readonly Edge[]): NetworkFile['edges'] {
  return {
    from: edges.map((edge) => edge.from),
    to: edges.map((edge) => edge.to),
    lengthMm: edges.map((edge) => edge.lengthMm),
    speedKmh: edges.map((edge) => edge.road.speedKmh),
    class: edges.map((edge) => roadClasses.indexOf(edge.road.class)),
    firstPoint: edges.map((edge) => edge.firstPoint),
    pointCount: edges.map((edge) => edge.pointCount),
    reversed: edges.map((edge) => edge.reversed),
  };
}
