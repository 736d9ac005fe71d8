import type { NetworkFile } from '../roads/network-file.ts';
import { type RoadNetwork, roadNetwork } from '../roads/road-network.ts';

const BLOCK_E6 = 2_500;
const BLOCK_MM = 278_000;

/** A town of square blocks for tests: `side` × `side` junctions, every street two-way at one limit. */
export function gridCity(side: number): RoadNetwork {
  return roadNetwork(gridFile(side));
}

/** Its file. Node n stands in column n % side, row n / side; the town lies at the equator, where a degree is a degree. */
export function gridFile(side: number): NetworkFile {
  const nodesE6: number[] = [];
  const shapes: [from: number, to: number][] = [];
  for (let node = 0; node < side * side; node += 1) {
    const [column, row] = [node % side, Math.floor(node / side)];
    nodesE6.push(column * BLOCK_E6, row * BLOCK_E6);
    if (column + 1 < side) shapes.push([node, node + 1]);
    if (row + 1 < side) shapes.push([node, node + side]);
  }
  const edges = shapes
    .flatMap(([from, to], shape) => [
      { from, to, shape, reversed: 0 },
      { from: to, to: from, shape, reversed: 1 },
    ])
    .sort((a, b) => a.from - b.from);
  const place = (node: number): number[] => nodesE6.slice(2 * node, 2 * node + 2);
  return {
    version: 1,
    classes: ['residential'],
    nodesE6,
    pointsE6: shapes.flatMap(([from, to]) => [...place(from), ...place(to)]),
    pointsMm: shapes.flatMap(() => [0, BLOCK_MM]),
    edges: {
      from: edges.map(({ from }) => from),
      to: edges.map(({ to }) => to),
      lengthMm: edges.map(() => BLOCK_MM),
      speedKmh: edges.map(() => 50),
      class: edges.map(() => 0),
      firstPoint: edges.map(({ shape }) => 2 * shape),
      pointCount: edges.map(() => 2),
      reversed: edges.map(({ reversed }) => reversed),
    },
  };
}
