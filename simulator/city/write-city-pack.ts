import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CityPack } from './city-pack.ts';
import type { MapLayer } from './map-layers.ts';

const LICENCE_FILE = fileURLToPath(new URL('odbl-1.0.md', import.meta.url));
const FEATURES_A_WRITE = 5_000;

/** Writes a pack into its folder, in place of what was there, with the licence its data is under. */
export function writeCityPack(folder: string, pack: CityPack): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(LICENCE_FILE, join(folder, 'LICENSE-ODbL-1.0.md'));
  writeFileSync(join(folder, 'network.json'), JSON.stringify(pack.network));
  for (const [name, layer] of Object.entries(pack.layers)) writeLayer(join(folder, `${name}.geojson`), layer);
  // Last, because its presence says that the rest is whole.
  writeFileSync(join(folder, 'pack.json'), `${JSON.stringify(pack.description, null, 2)}\n`);
}

/** Names the packs there are and the map layers of each: a page can fetch files, but not list a folder. */
export function writePackIndex(packsFolder: string): void {
  const packs = readdirSync(packsFolder)
    .filter((id) => existsSync(join(packsFolder, id, 'pack.json')))
    .toSorted()
    .map((id) => ({
      id,
      layers: readdirSync(join(packsFolder, id))
        .filter((name) => name.endsWith('.geojson'))
        .map((name) => name.slice(0, -'.geojson'.length))
        .toSorted(),
    }));
  writeFileSync(join(packsFolder, 'index.json'), `${JSON.stringify({ packs })}\n`);
}

/** Some features at a time: the roads of a large city are longer than a string may be. */
function writeLayer(path: string, { type, features }: MapLayer): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, `{"type":${JSON.stringify(type)},"features":[`);
    for (let first = 0; first < features.length; first += FEATURES_A_WRITE) {
      const some = features.slice(first, first + FEATURES_A_WRITE).map((feature) => JSON.stringify(feature));
      writeSync(file, `${first === 0 ? '' : ','}${some.join(',')}`);
    }
    writeSync(file, ']}');
  } finally {
    closeSync(file);
  }
}
