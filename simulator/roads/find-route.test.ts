import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridCity, gridFile } from '../stand-in/grid-city.ts';
import type { NetworkFile } from './network-file.ts';
import { routeFinder } from './find-route.ts';
import { at, positionOnEdge, type RoadNetwork, roadNetwork } from './road-network.ts';

function withEdges(
  file: NetworkFile,
  change: Partial<Record<keyof NetworkFile['edges'], (edge: number) => number>>,
): RoadNetwork {
  const edges = Object.fromEntries(
    Object.entries(file.edges).map(([name, column]) => {
      const changed = change[name as keyof NetworkFile['edges']];
      return [name, changed === undefined ? column : column.map((_, edge) => changed(edge))];
    }),
  ) as unknown as NetworkFile['edges'];
  return roadNetwork({ ...file, edges });
}

const seconds = (network: RoadNetwork, edges: readonly number[]): number =>
  edges.reduce((sum, edge) => sum + at(network.edgeLengthMm, edge) / at(network.edgeSpeedKmh, edge), 0);

test('a route leads from edge to edge without a gap, by the fewest blocks of a square town', () => {
  const town = gridCity(6);
  const route = routeFinder(town).route(0, 35);
  const nodes = route.map((edge) => [at(town.edgeFrom, edge), at(town.edgeTo, edge)]);
  expect(nodes).toHaveLength(10);
  expect(nodes[0]?.[0]).toBe(0);
  expect(nodes.at(-1)?.[1]).toBe(35);
  expect(nodes.slice(1).every(([from], i) => from === nodes[i]?.[1])).toBe(true);
});

test('the quicker way is taken, though it is the longer one', () => {
  // All streets are slow but those along the town's edge.
  const file = gridFile(5);
  const isOutside = (node: number): boolean => node % 5 === 0 || node % 5 === 4 || node < 5 || node >= 20;
  const isOuterStreet = (edge: number): boolean =>
    isOutside(file.edges.from[edge] ?? 0) && isOutside(file.edges.to[edge] ?? 0);
  const town = withEdges(file, { speedKmh: (edge) => (isOuterStreet(edge) ? 100 : 5) });
  const route = routeFinder(town).route(2, 22);
  expect(route).toHaveLength(8);
  expect(route.every(isOuterStreet)).toBe(true);
});

test('a junction is already there, and a finder is as good after many searches as at first', () => {
  const { route } = routeFinder(gridCity(4));
  expect(route(5, 5)).toEqual([]);
  const first = route(0, 15);
  for (let node = 1; node < 16; node += 1) route(node, 0);
  expect(route(0, 15)).toEqual(first);
});

test('no route is slower than the quickest one found by trying everything', () => {
  const file = gridFile(4);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 5, max: 110 }), { minLength: 48, maxLength: 48 }),
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 15 }),
      (speeds, from, to) => {
        const town = withEdges(file, { speedKmh: (edge) => speeds[edge] ?? 50 });
        expect(seconds(town, routeFinder(town).route(from, to))).toBeCloseTo(
          quickest(town, from)[to] ?? -1,
          6,
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('a place that cannot be reached has no route, and one that can has it, whatever else hangs apart', () => {
  // The last column of the town is left by streets that lead into it only.
  const file = gridFile(4);
  const isOut = (edge: number): boolean =>
    (file.edges.from[edge] ?? 0) % 4 === 3 && (file.edges.to[edge] ?? 0) % 4 !== 3;
  const kept = file.edges.from.map((_, edge) => edge).filter((edge) => !isOut(edge));
  const edges = Object.fromEntries(
    Object.entries(file.edges).map(([name, column]) => [name, kept.map((edge) => column[edge] ?? 0)]),
  ) as unknown as NetworkFile['edges'];
  const { route } = routeFinder(roadNetwork({ ...file, edges }));
  expect(route(3, 0)).toEqual([]);
  expect(route(0, 15)).toHaveLength(6);
  expect(route(12, 2)).toHaveLength(5);
});

test('a place along an edge lies between its ends, and a reversed edge is driven the other way', () => {
  const town = gridCity(3);
  const edgeBetween = (from: number, to: number): number =>
    [...town.edgeFrom].findIndex((node, edge) => node === from && town.edgeTo[edge] === to);
  expect(positionOnEdge(town, edgeBetween(0, 1), 69_500)).toEqual({
    longitudeE6: 625,
    latitudeE6: 0,
    headingDegrees: 90,
  });
  expect(positionOnEdge(town, edgeBetween(1, 0), 69_500)).toEqual({
    longitudeE6: 1875,
    latitudeE6: 0,
    headingDegrees: 270,
  });
  expect(positionOnEdge(town, edgeBetween(0, 3), 278_000)).toEqual({
    longitudeE6: 0,
    latitudeE6: 2500,
    headingDegrees: 0,
  });
});

/** Bellman and Ford's way: slow, and too simple to be wrong. */
function quickest(town: RoadNetwork, from: number): number[] {
  const best = Array.from({ length: town.nodeCount }, (_, node) => (node === from ? 0 : Infinity));
  for (let round = 0; round < town.nodeCount; round += 1) {
    for (let edge = 0; edge < town.edgeCount; edge += 1) {
      const reached = (best[at(town.edgeFrom, edge)] ?? Infinity) + seconds(town, [edge]);
      const to = at(town.edgeTo, edge);
      best[to] = Math.min(best[to] ?? Infinity, reached);
    }
  }
  return best;
}
