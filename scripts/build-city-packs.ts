import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ok, type Result } from '../core/base/result.ts';
import { cityPack } from '../simulator/city/city-pack.ts';
import { writeCityPack, writePackIndex } from '../simulator/city/write-city-pack.ts';
import type { CityPackDescription } from '../simulator/roads/network-file.ts';
import { cities, type CityDefinition } from './city-packs/city-definitions.ts';
import { pinnedFile } from './city-packs/pinned-file.ts';

/** Raise it when the same sources would give other files, so that packs already built are built again. */
const BUILDER_VERSION = 2;

const HELP = `Builds the city packs (streets to drive on, layers of the base map) from pinned packages.

  tsx scripts/build-city-packs.ts --out out/city-packs
  tsx scripts/build-city-packs.ts --out out/city-packs --city montevideo
`;

/**
 * Writes a folder a city under `outFolder`, or leaves it alone when it is up to date. Says one line a step through
 * `say`; the error is a sentence that says what to do.
 */
export function buildCityPacks(
  outFolder: string,
  only: string | undefined,
  say: (line: string) => void,
): Result<null, string> {
  for (const city of cities.filter(({ id }) => only === undefined || id === only)) {
    const built = buildCityPack(city, join(outFolder, city.id), say);
    if (!built.ok) return built;
  }
  writePackIndex(outFolder);
  return ok(null);
}

function buildCityPack(
  city: CityDefinition,
  folder: string,
  say: (line: string) => void,
): Result<null, string> {
  const inputHash = inputHashOf(city);
  if (isUpToDate(folder, inputHash)) {
    say(`city pack ${city.id}: up to date`);
    return ok(null);
  }
  say(`city pack ${city.id}: reading ${city.package}@${city.version}`);
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const [name, sha256] of Object.entries(city.files)) {
    const file = pinnedFile(city.package, city.version, name, sha256);
    if (!file.ok) return file;
    files.push({ name, bytes: file.value });
  }
  say(`city pack ${city.id}: joining streets`);
  const source = { package: `${city.package}@${city.version}`, files: city.files };
  const pack = cityPack({ ...city, source }, city.read(files), inputHash);
  writeCityPack(folder, pack);
  const { connectedKilometres, drivableKilometres, junctions } = pack.description.counts;
  say(
    `city pack ${city.id}: ${Math.round(connectedKilometres)} of ${Math.round(drivableKilometres)} km connected, ` +
      `${junctions} junctions`,
  );
  return ok(null);
}

/** What the pack depends on: the pinned hashes (the files are checked against them when read) and this builder. */
function inputHashOf(city: CityDefinition): string {
  const { read: _, ...inputs } = city;
  return createHash('sha256')
    .update(JSON.stringify([BUILDER_VERSION, inputs]))
    .digest('hex');
}

function isUpToDate(folder: string, inputHash: string): boolean {
  const path = join(folder, 'pack.json');
  if (!existsSync(path)) return false;
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Partial<CityPackDescription>).inputHash === inputHash;
  } catch {
    return false;
  }
}

function main(): number {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, city: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true || values.out === undefined) {
    console.log(HELP);
    return values.help === true ? 0 : 2;
  }
  if (values.city !== undefined && !cities.some(({ id }) => id === values.city)) {
    console.error(`no city "${values.city}": one of ${cities.map(({ id }) => id).join(', ')}`);
    return 2;
  }
  const built = buildCityPacks(values.out, values.city, (line) => console.error(line));
  if (built.ok) return 0;
  console.error(built.error);
  return 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main();
}
