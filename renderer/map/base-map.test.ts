import { expect, test } from 'vitest';
import { tokensByTheme } from '../theme/tokens.ts';
import { baseStyle } from './base-style.ts';
import { findCityPacks } from './city-packs.ts';
import { coordinateGrid } from './coordinate-grid.ts';

const BASE = new URL('app://milepost/city-packs/');
const fonts = {
  regular: { latin: 'app://milepost/assets/r.woff2', latinExtended: 'app://milepost/assets/re.woff2' },
  bold: { latin: 'app://milepost/assets/b.woff2', latinExtended: 'app://milepost/assets/be.woff2' },
};
const pack = JSON.stringify({
  name: 'Gothenburg',
  bounds: [11.8, 57.6, 12.1, 57.8],
  attribution: '© OSM',
  extra: 1,
});
const files: Record<string, string> = {
  'app://milepost/city-packs/index.json':
    '{"packs":[{"id":"gothenburg","layers":["roads","network"]},{"id":"lost","layers":[]}]}',
  'app://milepost/city-packs/gothenburg/pack.json': pack,
};
const fetchText = (address: URL) => Promise.resolve(files[address.href] ?? null);

test('packs are found through their index; one that is not whole is left out', async () => {
  expect(await findCityPacks(BASE, fetchText)).toEqual([
    {
      id: 'gothenburg',
      name: 'Gothenburg',
      bounds: [11.8, 57.6, 12.1, 57.8],
      attribution: '© OSM',
      layers: { roads: 'app://milepost/city-packs/gothenburg/roads.geojson' },
    },
  ]);
  expect(await findCityPacks(BASE, () => Promise.resolve(null))).toEqual([]);
  expect(await findCityPacks(BASE, () => Promise.resolve('not json'))).toEqual([]);
});

test.each(['dark', 'light'] as const)(
  'the %s style draws each source it names and asks nobody else for anything',
  async (theme) => {
    const packs = await findCityPacks(BASE, fetchText);
    for (const style of [
      baseStyle(packs, tokensByTheme[theme], fonts),
      baseStyle([], tokensByTheme[theme], fonts),
    ]) {
      const drawn = new Set(style.layers.flatMap((layer) => ('source' in layer ? [layer.source] : [])));
      expect([...drawn].toSorted()).toEqual(Object.keys(style.sources).toSorted());
      expect(new Set(style.layers.map((layer) => layer.id)).size).toBe(style.layers.length);
      const addresses = JSON.stringify(style).match(/[a-z]+:\/\/[^"]*/g) ?? [];
      expect(addresses.filter((address) => !address.startsWith('app://milepost/'))).toEqual([]);
    }
  },
);

test('without packs there is a grid that says where one is', () => {
  const grid = coordinateGrid({ west: 11.91, south: 57.66, east: 12.04, north: 57.7 });
  expect(grid.features.map((feature) => feature.properties.label)).toEqual([
    '11.92° E',
    '11.94° E',
    '11.96° E',
    '11.98° E',
    '12.00° E',
    '12.02° E',
    '12.04° E',
    '57.66° N',
    '57.68° N',
    '57.70° N',
  ]);
});
