import { must } from '../../core/base/assert.ts';
import type { StreetGraph } from './street-graph.ts';

/**
 * Marks the points of the largest part in which every point can be driven to from every other, one-ways obeyed. What
 * is outside is a place a vehicle could enter and never leave, or leave and never reach.
 */
export function largestStrongPart(graph: StreetGraph): Uint8Array {
  const count = graph.pointsE6.length;
  const partOf = strongParts(count, adjacency(graph));
  const sizes = new Map<number, number>();
  for (const part of partOf) sizes.set(part, (sizes.get(part) ?? 0) + 1);
  let largest = -1;
  for (const [part, size] of sizes) if (largest === -1 || size > (sizes.get(largest) ?? 0)) largest = part;
  return Uint8Array.from(partOf, (part) => (part === largest ? 1 : 0));
}

/** Where one can drive on to: from point n to `next[first[n]]` up to `next[first[n + 1]]`. */
interface Adjacency {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

function adjacency(graph: StreetGraph): Adjacency {
  const count = graph.pointsE6.length;
  const first = new Int32Array(count + 1);
  eachStep(graph, (from) => (first[from + 1] = at(first, from + 1) + 1));
  for (let point = 0; point < count; point += 1) first[point + 1] = at(first, point + 1) + at(first, point);
  const next = new Int32Array(at(first, count));
  const filled = first.slice();
  eachStep(graph, (from, to) => {
    const place = at(filled, from);
    next[place] = to;
    filled[from] = place + 1;
  });
  return { first, next };
}

function eachStep(graph: StreetGraph, take: (from: number, to: number) => void): void {
  for (const { road, points } of graph.streets) {
    for (let i = 1; i < points.length; i += 1) {
      const from = must(points[i - 1], 'a street has its points');
      const to = must(points[i], 'a street has its points');
      if (road.direction !== 'backward') take(from, to);
      if (road.direction !== 'forward') take(to, from);
    }
  }
}

/** Tarjan's algorithm with a stack of its own: a city is deeper than the call stack. */
function strongParts(count: number, { first, next }: Adjacency): Int32Array {
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const part = new Int32Array(count).fill(-1);
  const cursor = first.slice(0, count);
  const open: number[] = [];
  let visited = 0;
  let parts = 0;
  const enter = (point: number, path: number[]): void => {
    index[point] = low[point] = visited++;
    open.push(point);
    path.push(point);
  };
  const leave = (point: number, parent: number | undefined): void => {
    if (low[point] === index[point]) {
      let member: number;
      do {
        member = must(open.pop(), 'an open part has its root');
        part[member] = parts;
      } while (member !== point);
      parts += 1;
    }
    if (parent !== undefined) low[parent] = Math.min(at(low, parent), at(low, point));
  };
  for (let root = 0; root < count; root += 1) {
    if (index[root] !== -1) continue;
    const path: number[] = [];
    enter(root, path);
    for (let point = path.at(-1); point !== undefined; point = path.at(-1)) {
      const step = at(cursor, point);
      const neighbour = step < at(first, point + 1) ? at(next, step) : undefined;
      cursor[point] = step + 1;
      if (neighbour === undefined) {
        path.pop();
        leave(point, path.at(-1));
      } else if (index[neighbour] === -1) enter(neighbour, path);
      else if (part[neighbour] === -1) low[point] = Math.min(at(low, point), at(index, neighbour));
    }
  }
  return part;
}

function at(column: Int32Array, row: number): number {
  return must(column[row], 'a column has its rows');
}
