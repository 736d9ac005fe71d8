import { expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import { openCityPack } from '../roads/city-pack.ts';
import { routeFinder } from '../roads/find-route.ts';
import { at, headingBetween, type RoadNetwork } from '../roads/road-network.ts';
import { someTraits } from '../stand-in/some-traits.ts';
import { SimulatedVehicle, STEP_MS } from './simulated-vehicle.ts';
import type { VehicleState } from './vehicle-state.ts';

/** One straight piece of a street, the way it may be driven. */
interface Piece {
  readonly edge: number;
  readonly heading: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

const CELL_E6 = 2_000;

test.each(['gothenburg', 'montevideo'])(
  'in %s vehicles drive on streets, the right way, no faster than allowed',
  (city) => {
    const pack = openCityPack('out/city-packs', city);
    const { network, timeZone } = must(pack.ok ? pack.value : null, () => (pack.ok ? '' : pack.error));
    const piecesNear = streetPieces(network);
    const oneWay = oneWayEdges(network);
    const world = { seed: 3, timeZone, openingMs: 0, workShiftMs: 0, network, routes: routeFinder(network) };
    let onOneWay = 0;
    for (const traits of someTraits('taxi', 12)) {
      const vehicle = new SimulatedVehicle(traits, world);
      for (let second = 1; second <= 900; second += 1) {
        const atMs = Date.parse('2026-03-03T14:00:00Z') + second * STEP_MS;
        vehicle.driveTo(atMs);
        if (!vehicle.isMoving()) continue;
        const state = vehicle.stateAt(atMs);
        const under = piecesNear(state).filter((piece) => isOn(piece, state));
        expect(under, `${traits.id} at second ${second}`).not.toEqual([]);
        if (under.every(({ edge }) => oneWay.has(edge))) onOneWay += 1;
        const fastest = Math.max(...under.map(({ edge }) => at(network.edgeSpeedKmh, edge)));
        expect(state.speedMmPerS / 1_000).toBeLessThanOrEqual(Math.max(fastest / 3.6, 9));
      }
    }
    expect(onOneWay).toBeGreaterThan(500);
  },
);

function streetPieces(network: RoadNetwork): (state: VehicleState) => readonly Piece[] {
  const cells = new Map<string, Piece[]>();
  const cellsOf = ({ from, to }: Piece): string[] => {
    const keys: string[] = [];
    const cell = (value: number): number => Math.floor(value / CELL_E6);
    for (let x = cell(Math.min(from[0], to[0])); x <= cell(Math.max(from[0], to[0])); x += 1) {
      for (let y = cell(Math.min(from[1], to[1])); y <= cell(Math.max(from[1], to[1])); y += 1)
        keys.push(`${x} ${y}`);
    }
    return keys;
  };
  for (let edge = 0; edge < network.edgeCount; edge += 1) {
    for (const piece of piecesOf(network, edge)) {
      for (const key of cellsOf(piece)) cells.set(key, [...(cells.get(key) ?? []), piece]);
    }
  }
  return ({ longitudeE6, latitudeE6 }) =>
    cells.get(`${Math.floor(longitudeE6 / CELL_E6)} ${Math.floor(latitudeE6 / CELL_E6)}`) ?? [];
}

function piecesOf(network: RoadNetwork, edge: number): Piece[] {
  const first = at(network.edgeFirstPoint, edge);
  const places = Array.from({ length: at(network.edgePointCount, edge) }, (_, i) => {
    const point = first + i;
    return [at(network.pointsE6, 2 * point), at(network.pointsE6, 2 * point + 1)] as const;
  });
  if (network.edgeReversed[edge] === 1) places.reverse();
  return places.slice(1).map((to, i) => {
    const from = must(places[i], 'a point');
    return { edge, from, to, heading: headingBetween(...from, ...to) };
  });
}

/** Within a metre of the piece, and the way it is driven. */
function isOn(
  { from, to, heading }: Piece,
  { longitudeE6, latitudeE6, headingDegrees }: VehicleState,
): boolean {
  if (heading !== headingDegrees) return false;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [x, y] = [longitudeE6 - from[0], latitudeE6 - from[1]];
  const along = (x * dx + y * dy) / (dx * dx + dy * dy);
  const away = Math.hypot(x - along * dx, y - along * dy);
  return along > -0.2 && along < 1.2 && away < 8;
}

function oneWayEdges(network: RoadNetwork): ReadonlySet<number> {
  const pairs = new Set<string>();
  const ends = (edge: number): [number, number] => [at(network.edgeFrom, edge), at(network.edgeTo, edge)];
  for (let edge = 0; edge < network.edgeCount; edge += 1) pairs.add(ends(edge).join(' '));
  const oneWay = new Set<number>();
  for (let edge = 0; edge < network.edgeCount; edge += 1) {
    if (!pairs.has(ends(edge).reverse().join(' '))) oneWay.add(edge);
  }
  return oneWay;
}
