import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import type { Result } from '../../core/base/result.ts';
import { openCityPack } from '../roads/city-pack.ts';
import { routeFinder } from '../roads/find-route.ts';
import type { CityPackDescription } from '../roads/network-file.ts';
import { at } from '../roads/road-network.ts';
import { anExtract, type ExtractContent } from '../stand-in/an-extract.ts';
import { buildCity, cityId, type CityToBuild } from './build-city.ts';

const folder = mkdtempSync(join(tmpdir(), 'city-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * A town on squared paper, around 51.5 north: 1-2-3 along the south, 4-5-6 along the north, 7 a trap at the end of a
 * one-way street, 8 far away; 11 to 16 around a pond with an island.
 */
const town: ExtractContent = {
  nodes: [
    { id: 1, at: [0, 51_500_000] },
    { id: 2, at: [1_000, 51_500_000] },
    { id: 3, at: [2_000, 51_500_000] },
    { id: 4, at: [0, 51_501_000] },
    { id: 5, at: [1_000, 51_501_000], tags: { highway: 'traffic_signals' } },
    { id: 6, at: [2_000, 51_501_000] },
    { id: 7, at: [3_000, 51_501_000] },
    { id: 8, at: [900_000, 51_500_000] },
    { id: 9, at: [500, 51_500_500], tags: { place: 'suburb', name: 'Old Town', user: 'nobody' } },
    ...[11, 12, 13, 14].map((id, i) => ({
      id,
      at: [
        [100, 51_500_100],
        [400, 51_500_100],
        [400, 51_500_400],
        [100, 51_500_400],
      ][i] as [number, number],
    })),
    ...[15, 16, 17].map((id, i) => ({
      id,
      at: [
        [200, 51_500_200],
        [300, 51_500_200],
        [300, 51_500_300],
      ][i] as [number, number],
    })),
    { id: 5_000_000_000, at: [3_000, 51_500_000] },
  ],
  ways: [
    { id: 101, refs: [1, 2, 3], tags: { highway: 'primary', name: 'South Street', maxspeed: '30 mph' } },
    { id: 102, refs: [6, 5, 4], tags: { highway: 'residential', oneway: 'yes' } },
    { id: 103, refs: [1, 4], tags: { highway: 'residential' } },
    { id: 104, refs: [3, 6], tags: { highway: 'tertiary' } },
    { id: 105, refs: [6, 7], tags: { highway: 'service', oneway: 'yes' } },
    { id: 106, refs: [2, 5], tags: { highway: 'footway' } },
    {
      id: 107,
      refs: [3, 5_000_000_000, 8, 999],
      tags: { highway: 'motorway', maxspeed: '70 mph', oneway: 'no' },
    },
    { id: 201, refs: [11, 12, 13], tags: {} },
    { id: 202, refs: [11, 14, 13], tags: { source: 'survey' } },
    { id: 203, refs: [15, 16, 17, 15], tags: {} },
    { id: 204, refs: [15, 16, 17, 15], tags: { leisure: 'park', name: 'The Isle' } },
  ],
  relations: [
    {
      id: 301,
      members: [
        { id: 201, role: 'outer' },
        { id: 202, role: 'outer' },
        { id: 203, role: 'inner' },
      ],
      tags: { type: 'multipolygon', natural: 'water', name: 'The Pond' },
    },
    { id: 302, members: [{ id: 999, role: 'outer' }], tags: { type: 'multipolygon', natural: 'water' } },
  ],
};

let files = 0;
function built(
  content: ExtractContent | Uint8Array,
  change: Partial<CityToBuild> = {},
): Result<CityPackDescription, string> {
  files += 1;
  const extract = join(folder, `${files}.osm.pbf`);
  writeFileSync(extract, content instanceof Uint8Array ? content : anExtract(content));
  const city = {
    extract,
    name: 'Téa Town',
    timeZone: 'Europe/London',
    country: 'GB',
    bounds: null,
    packsFolder: folder,
  };
  return buildCity({ ...city, ...change }, () => undefined);
}

const layer = (name: string): { features: { properties: unknown; geometry: { coordinates: unknown } }[] } =>
  JSON.parse(readFileSync(join(folder, 'tea-town', `${name}.geojson`), 'utf8')) as ReturnType<typeof layer>;

test.each([
  ['as columns', town],
  ['one by one', { ...town, isSparse: true }],
  ['not packed', { ...town, isRaw: true }],
])('an extract with its nodes %s becomes a city to drive in', (_, content) => {
  expect(built(content)).toMatchObject({
    ok: true,
    value: {
      id: 'tea-town',
      name: 'Téa Town',
      country: 'GB',
      attribution: '© OpenStreetMap contributors',
      licence: 'ODbL-1.0',
    },
  });
  const city = openCityPack(folder, 'tea-town');
  const { network, timeZone } = must(city.ok ? city.value : null, 'a pack that was built');
  expect(timeZone).toBe('Europe/London');
  const ends = Array.from(network.edgeFrom, (from, edge) => [from, at(network.edgeTo, edge)]);
  const place = (node: number): string =>
    `${network.nodesE6[2 * node]} ${(network.nodesE6[2 * node + 1] ?? 0) - 51_500_000}`;
  const named = new Map([
    ['0 0', 1],
    ['2000 0', 3],
    ['0 1000', 4],
    ['2000 1000', 6],
    ['900000 0', 8],
  ]);
  const numbers = ends.map((pair) => pair.map((node) => named.get(place(node))).join('-'));
  expect(numbers.sort()).toEqual(['1-3', '1-4', '3-1', '3-6', '3-8', '4-1', '6-3', '6-4', '8-3']);
  expect(new Set(network.edgeSpeedKmh)).toEqual(new Set([48, 30, 50, 110]));
  const nodeOf = (number: number): number => {
    const edge =
      numbers.length === 0
        ? 0
        : Array.from(network.edgeFrom).findIndex((from) => named.get(place(from)) === number);
    return at(network.edgeFrom, edge);
  };
  // The north street runs west only: from 4 to 6 it is the long way round.
  expect(routeFinder(network).route(nodeOf(4), nodeOf(6))).toHaveLength(3);
  expect(routeFinder(network).route(nodeOf(6), nodeOf(4))).toHaveLength(1);
});

test('the base map has the streets, the names of places, and the pond with its island', () => {
  built(town);
  expect(layer('places').features.map(({ properties }) => properties)).toEqual([
    { name: 'Old Town', class: 'suburb' },
  ]);
  expect(layer('roads').features.map(({ properties }) => properties)).toContainEqual({
    class: 'primary',
    rank: 2,
    name: 'South Street',
  });
  expect(layer('roads').features).toHaveLength(6);
  const [pond, isle] = layer('parks').features;
  expect([pond?.properties, isle?.properties]).toEqual([
    { class: 'water', name: 'The Pond' },
    { class: 'park', name: 'The Isle' },
  ]);
  const [polygon] = must(pond, 'a pond').geometry.coordinates as [number, number][][][];
  expect(polygon?.map((ring) => ring.length)).toEqual([5, 4]);
  expect(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))).toEqual({
    packs: [{ id: 'tea-town', layers: ['parks', 'places', 'roads'] }],
  });
  expect(readFileSync(join(folder, 'tea-town', 'LICENSE-ODbL-1.0.md'), 'utf8')).toContain(
    'Open Database License',
  );
});

test('bounds cut the city out of a larger extract', () => {
  const whole = built(town);
  const part = built(town, { bounds: [-0.01, 51.49, 0.0025, 51.51] });
  expect(whole.ok && whole.value.bounds).toEqual([0, 51.5, 0.9, 51.501]);
  expect(part.ok && part.value.bounds).toEqual([0, 51.5, 0.002, 51.501]);
  expect(built(town, { bounds: [10, 50, 11, 51] })).toMatchObject({
    ok: false,
    error: expect.stringContaining('no street within the bounds') as string,
  });
});

test('the same extract gives the same pack, byte for byte', () => {
  const network = (): string => readFileSync(join(folder, 'tea-town', 'network.json'), 'utf8');
  built(town);
  const first = network();
  built({ ...town, isSparse: true });
  expect(network()).toBe(first);
});

const cut = anExtract(town).subarray(0, 300);
const damaged = anExtract(town);
damaged.fill(0x55, 120, 160);

test.each<[string, ExtractContent | Uint8Array, RegExp]>([
  ['that breaks off', cut, /the file breaks off: download it again/],
  ['that is damaged', damaged, /damaged .* download it again/],
  ['that is empty', new Uint8Array(), /the file is empty/],
  [
    'that is XML',
    new TextEncoder().encode('<?xml version="1.0"?><osm></osm>'),
    /not an OpenStreetMap extract in PBF form/,
  ],
  [
    'with the history of the map',
    { ...town, features: ['HistoricalInformation'] },
    /the extract needs "HistoricalInformation"/,
  ],
  ['without a street', { ...town, ways: [] }, /no street that a car could use/],
  [
    'whose streets lead nowhere',
    { ...town, ways: [{ id: 1, refs: [1, 2], tags: { highway: 'service', oneway: 'yes' } }] },
    /do not hang together/,
  ],
])('an extract %s is refused in a sentence', (_, content, sentence) => {
  const pack = built(content);
  expect(pack.ok ? '' : pack.error).toMatch(sentence);
});

test('a name without letters, a time zone nobody knows and a file that is not there are refused', () => {
  const problem = (change: Partial<CityToBuild>): string => {
    const pack = built(town, change);
    return pack.ok ? '' : pack.error;
  };
  expect(problem({ name: '!!' })).toContain('give another name');
  expect(problem({ timeZone: 'Europe/Atlantis' })).toBe(
    '"Europe/Atlantis" is no time zone: give one such as Europe/London',
  );
  expect(problem({ extract: join(folder, 'none.osm.pbf') })).toMatch(/none\.osm\.pbf: ENOENT/);
  expect(cityId('  Greater London (West) ')).toBe('greater-london-west');
});
