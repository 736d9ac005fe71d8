import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { CityPackDescription, NetworkFile } from './network-file.ts';
import { type RoadNetwork, roadNetwork } from './road-network.ts';

/** A city to drive in. */
export interface City {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly network: RoadNetwork;
}

/** Opens a city pack; the error is a sentence that says how to get one. */
export function openCityPack(packsFolder: string, city: string): Result<City, string> {
  const folder = join(packsFolder, city);
  let description: CityPackDescription;
  let network: NetworkFile;
  try {
    description = JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8')) as CityPackDescription;
    network = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as NetworkFile;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(
      `no city pack "${city}" in ${packsFolder} (${why}). Build the packs with: npm run city-packs`,
    );
  }
  if (description.version !== 1 || network.version !== 1) {
    return fail(
      `the city pack in ${folder} was built by another version. Build it again with: npm run city-packs`,
    );
  }
  const { id, name, timeZone } = description;
  return ok({ id, name, timeZone, network: roadNetwork(network) });
}
