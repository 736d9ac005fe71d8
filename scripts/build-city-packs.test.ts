import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CityPackDescription, NetworkFile } from '../simulator/roads/network-file.ts';
import { buildCityPacks } from './build-city-packs.ts';
import { cities } from './city-packs/city-definitions.ts';
import { pinnedFile } from './city-packs/pinned-file.ts';

const out = mkdtempSync(join(tmpdir(), 'city-packs-'));
const said: string[] = [];

beforeAll(() => {
  buildCityPacks(out, undefined, (line) => said.push(line));
}, 60_000);
afterAll(() => rmSync(out, { recursive: true }));

const read = (city: string, file: string): string => readFileSync(join(out, city, file), 'utf8');
const description = (city: string): CityPackDescription =>
  JSON.parse(read(city, 'pack.json')) as CityPackDescription;

test('each step says one line', () => {
  expect(said).toEqual([
    'city pack gothenburg: reading geojson-path-finder@2.1.0',
    'city pack gothenburg: joining streets',
    'city pack gothenburg: 1142 of 1209 km connected, 13592 junctions',
    'city pack montevideo: reading @mapbox/mvt-fixtures@4.0.0',
    'city pack montevideo: joining streets',
    'city pack montevideo: 3018 of 3027 km connected, 18425 junctions',
  ]);
});

test('both cities come out as large as they are known to be, less the streets closed to ordinary vehicles', () => {
  // With closed streets the connected parts measure 1,215 km and 3,093 km.
  expect(description('gothenburg').counts).toMatchObject({
    drivableKilometres: 1208.599,
    connectedKilometres: 1142.355,
  });
  expect(description('montevideo').counts).toMatchObject({
    drivableKilometres: 3027.331,
    connectedKilometres: 3018.395,
  });
});

test('a pack says where it came from and what may be done with it, and carries the licence', () => {
  const { attribution, licence, source, timeZone, bounds } = description('gothenburg');
  expect({ attribution, licence, timeZone }).toEqual({
    attribution: '© OpenStreetMap contributors',
    licence: 'ODbL-1.0',
    timeZone: 'Europe/Stockholm',
  });
  expect(source.package).toBe('geojson-path-finder@2.1.0');
  expect(bounds.map((degrees) => Math.round(degrees * 10) / 10)).toEqual([11.9, 57.7, 12.1, 57.8]);
  expect(read('gothenburg', 'LICENSE-ODbL-1.0.md')).toContain('Open Database License');
});

test('an index names the packs and the layers each has', () => {
  expect(JSON.parse(readFileSync(join(out, 'index.json'), 'utf8'))).toEqual({
    packs: [
      { id: 'gothenburg', layers: ['roads'] },
      { id: 'montevideo', layers: ['parks', 'places', 'roads'] },
    ],
  });
});

test('nothing of the contributors, and no coordinate finer than six decimals, is in the files', () => {
  expect(readdirSync(join(out, 'montevideo')).sort()).toEqual([
    'LICENSE-ODbL-1.0.md',
    'network.json',
    'pack.json',
    'parks.geojson',
    'places.geojson',
    'roads.geojson',
  ]);
  for (const layer of ['roads', 'places', 'parks']) {
    const text = read('montevideo', `${layer}.geojson`);
    expect(text).not.toMatch(/@|changeset|\d\.\d{7}/);
  }
});

test('every edge of the network joins two of its junctions and is as long as its shape', () => {
  const network = JSON.parse(read('montevideo', 'network.json')) as NetworkFile;
  const nodes = network.nodesE6.length / 2;
  const { from, to, lengthMm, firstPoint, pointCount } = network.edges;
  const wrong = from.filter((node, i) => {
    const first = firstPoint[i] ?? 0;
    const shape = network.pointsMm.slice(first, first + (pointCount[i] ?? 0));
    const isWhole = shape.reduce((sum, mm) => sum + mm, 0) === lengthMm[i] && shape[0] === 0;
    return node >= nodes || (to[i] ?? nodes) >= nodes || !isWhole;
  });
  expect(wrong).toEqual([]);
});

test('a pack that is up to date is left alone, and a broken one is built again', () => {
  const builtAt = statSync(join(out, 'gothenburg', 'network.json')).mtimeMs;
  const lines: string[] = [];
  buildCityPacks(out, 'gothenburg', (line) => lines.push(line));
  expect(lines).toEqual(['city pack gothenburg: up to date']);
  expect(statSync(join(out, 'gothenburg', 'network.json')).mtimeMs).toBe(builtAt);
  rmSync(join(out, 'gothenburg', 'pack.json'));
  buildCityPacks(out, 'gothenburg', (line) => lines.push(line));
  expect(lines.at(-1)).toBe('city pack gothenburg: 1142 of 1209 km connected, 13592 junctions');
});

test('a source file that is not the pinned one is refused with both hashes and what to do', () => {
  const [city] = cities;
  const file = pinnedFile(city?.package ?? '', '2.1.0', 'test/network.json', 'beef');
  expect(file.ok ? '' : file.error).toMatch(
    /is not the file of geojson-path-finder@2\.1\.0 \(SHA-256 [0-9a-f]{64}, expected beef\)/,
  );
  expect(file.ok ? '' : file.error).toContain('npm ci');
  const missing = pinnedFile('no-such-package', '1.0.0', 'a', 'b');
  expect(missing).toEqual({
    ok: false,
    error: 'no-such-package has no file a: run "npm ci", which installs no-such-package@1.0.0.',
  });
});
