import { expect, test } from 'vitest';
import type { NetworkFile } from '../roads/network-file.ts';
import { contractGraph } from './contract-graph.ts';
import { largestStrongPart } from './largest-strong-part.ts';
import type { PointE6, SourceWay } from './source-way.ts';
import { streetGraph } from './street-graph.ts';

/** A small town on a sheet of squared paper: a letter is a place. */
const places: Readonly<Record<string, PointE6>> = {
  a: [0, 0],
  b: [1_000, 0],
  c: [2_000, 0],
  d: [1_000, 1_000],
  e: [2_000, 1_000],
  f: [3_000, 0],
  g: [3_000, 1_000],
};

function way(id: string, line: string, tags: Record<string, string> = {}): SourceWay {
  return {
    id,
    tags: { highway: 'residential', ...tags },
    lineE6: line.split('').map((name) => places[name] ?? [0, 0]),
  };
}

function networkOf(ways: readonly SourceWay[]): NetworkFile {
  const graph = streetGraph(ways);
  return contractGraph(graph, largestStrongPart(graph));
}

/** Edges as "ab", by the letters of their ends, sorted. */
function edgesOf(network: NetworkFile): string[] {
  const letter = (node: number): string => {
    const [x, y] = [network.nodesE6[2 * node], network.nodesE6[2 * node + 1]];
    return Object.entries(places).find(([, place]) => place[0] === x && place[1] === y)?.[0] ?? '?';
  };
  return network.edges.from.map((from, i) => `${letter(from)}${letter(network.edges.to[i] ?? 0)}`).sort();
}

test('a two-way street between two junctions is one edge a direction, with the bends in its shape', () => {
  const network = networkOf([way('1', 'abc')]);
  expect(edgesOf(network)).toEqual(['ac', 'ca']);
  expect(network.edges.lengthMm).toEqual([222_390, 222_390]);
  expect(network.edges.reversed).toEqual([0, 1]);
  expect(network.pointsE6).toEqual([0, 0, 1_000, 0, 2_000, 0]);
  expect(network.pointsMm).toEqual([0, 111_195, 111_195]);
});

test('a one-way street has no edge back', () => {
  const network = networkOf([way('1', 'ab', { oneway: 'yes' }), way('2', 'bd'), way('3', 'da')]);
  expect(edgesOf(network)).toEqual(['ab', 'ad', 'bd', 'da', 'db']);
});

test('a roundabout is driven one way round, and is left where streets meet it', () => {
  const network = networkOf([
    way('ring', 'bcedb', { junction: 'roundabout' }),
    way('2', 'ab'),
    way('3', 'cf'),
  ]);
  expect(edgesOf(network)).toEqual(['ab', 'ba', 'bc', 'cb', 'cf', 'fc']);
});

test('a pocket that can be entered and never left is removed', () => {
  const network = networkOf([
    way('1', 'ab'),
    way('2', 'bd'),
    way('trap', 'bc', { oneway: 'yes' }),
    way('3', 'cf'),
  ]);
  expect(edgesOf(network)).toEqual(['ab', 'ba', 'bd', 'db']);
});

test('a street that loses its end to a pocket keeps the part that can be driven', () => {
  // The street a-b-c leads on into a trap; a-b stays, because there is a way back from b.
  const ways = [way('1', 'abc'), way('2', 'bd'), way('trap', 'cf', { oneway: 'yes' }), way('3', 'fg')];
  const oneWayOn = [way('1', 'ab'), way('on', 'bc', { oneway: 'yes' }), ...ways.slice(1)];
  expect(edgesOf(networkOf(ways))).toEqual(['ab', 'ba', 'bc', 'bd', 'cb', 'db']);
  expect(edgesOf(networkOf(oneWayOn))).toEqual(['ab', 'ba', 'bd', 'db']);
});

test('the pieces of a way that a tile edge cut are one street again, and a stretch in both pieces counts once', () => {
  const network = networkOf([way('1', 'ab'), way('1', 'bc'), way('1', 'bc'), way('2', 'cf')]);
  expect(edgesOf(network)).toEqual(['ab', 'ba', 'bc', 'cb', 'cf', 'fc']);
});

test('a street closed to ordinary vehicles is not driven', () => {
  const network = networkOf([way('1', 'ab'), way('2', 'bd', { access: 'private' })]);
  expect(edgesOf(network)).toEqual(['ab', 'ba']);
});
