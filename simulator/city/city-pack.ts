import { must } from '../../core/base/assert.ts';
import type { CityPackDescription, NetworkFile } from '../roads/network-file.ts';
import { contractGraph } from './contract-graph.ts';
import { largestStrongPart } from './largest-strong-part.ts';
import { areaLayer, type MapLayer, placeLayer, roadLayer } from './map-layers.ts';
import type { CitySource, PointE6 } from './source-way.ts';
import { metresBetween, type StreetGraph, streetGraph } from './street-graph.ts';

/** Everything of a city pack but its licence text. A layer without features is left out. */
export interface CityPack {
  readonly description: CityPackDescription;
  readonly network: NetworkFile;
  readonly layers: Readonly<Record<string, MapLayer>>;
}

/** What a city is called, and where its streets come from: a package or an extract, with the hashes of its files. */
export interface CityIdentity {
  /** Lower case and hyphens: the name of its folder. */
  readonly id: string;
  readonly name: string;
  /** Two letters; empty when nobody said. */
  readonly country: string;
  readonly timeZone: string;
  readonly source: CityPackDescription['source'];
}

/** Builds a pack from a city's source: the routable network, the layers of the base map, and what they are. */
export function cityPack(city: CityIdentity, source: CitySource, inputHash: string): CityPack {
  const graph = streetGraph(source.ways);
  const isKept = largestStrongPart(graph);
  const network = contractGraph(graph, isKept);
  const layers = {
    roads: roadLayer(source.ways),
    places: placeLayer(source.places),
    parks: areaLayer(source.areas),
  };
  const { bounds, centre } = boundsOf(graph, isKept);
  return {
    network,
    layers: Object.fromEntries(Object.entries(layers).filter(([, layer]) => layer.features.length > 0)),
    description: {
      version: 1,
      id: city.id,
      name: city.name,
      country: city.country,
      timeZone: city.timeZone,
      bounds,
      centre,
      attribution: '© OpenStreetMap contributors',
      licence: 'ODbL-1.0',
      source: city.source,
      inputHash,
      counts: {
        ways: layers.roads.features.length,
        junctions: network.nodesE6.length / 2,
        edges: network.edges.from.length,
        drivableKilometres: kilometres(graph, () => true),
        connectedKilometres: kilometres(graph, (point) => isKept[point] === 1),
      },
    },
  };
}

function boundsOf(graph: StreetGraph, isKept: Uint8Array): Pick<CityPackDescription, 'bounds' | 'centre'> {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  graph.pointsE6.forEach(([longitude, latitude], point) => {
    if (isKept[point] !== 1) return;
    [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
    [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
  });
  return {
    bounds: [west / 1e6, south / 1e6, east / 1e6, north / 1e6],
    centre: [Math.round((west + east) / 2) / 1e6, Math.round((south + north) / 2) / 1e6],
  };
}

/** Length of the streets whose both ends count, each street once whichever ways it runs. */
function kilometres(graph: StreetGraph, isCounted: (point: number) => boolean): number {
  const placeOf = (point: number): PointE6 => must(graph.pointsE6[point], 'a street has its points');
  let metres = 0;
  for (const { points } of graph.streets) {
    for (let i = 1; i < points.length; i += 1) {
      const [from, to] = [
        must(points[i - 1], 'a street has its points'),
        must(points[i], 'a street has its points'),
      ];
      if (isCounted(from) && isCounted(to)) metres += metresBetween(placeOf(from), placeOf(to));
    }
  }
  return Math.round(metres) / 1000;
}
