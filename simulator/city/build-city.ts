import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isTimeZone } from '../../core/base/calendar.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { CityPackDescription } from '../roads/network-file.ts';
import { cityPack } from './city-pack.ts';
import { BadExtract } from './extract/bad-extract.ts';
import { extractSource } from './extract/extract-source.ts';
import type { Bounds } from './extract/node-places.ts';
import type { CitySource } from './source-way.ts';
import { writeCityPack, writePackIndex } from './write-city-pack.ts';

/** A city a customer makes of an OpenStreetMap extract. */
export interface CityToBuild {
  readonly extract: string;
  readonly name: string;
  readonly timeZone: string;
  /** Two letters; empty when nobody says. */
  readonly country: string;
  /** What of the extract is the city; null for all of it. */
  readonly bounds: Bounds | null;
  /** The pack becomes a folder in it. */
  readonly packsFolder: string;
}

const PIECE_BYTES = 1 << 20;

/** The folder of a city: its name in lower case, with hyphens. */
export function cityId(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Builds the pack and says one line a step; the error is a sentence that says what to do. */
export function buildCity(
  city: CityToBuild,
  say: (line: string) => void,
): Result<CityPackDescription, string> {
  const { extract, name, timeZone, country, bounds, packsFolder } = city;
  const id = cityId(name);
  if (id === '') return fail(`"${name}" has no letter a folder could be called by: give another name`);
  if (!isTimeZone(timeZone)) return fail(`"${timeZone}" is no time zone: give one such as Europe/London`);
  try {
    const source = extractSource(extract, bounds, say);
    if (source.ways.length === 0)
      return fail(`${extract} has no street within the bounds: check west,south,east,north`);
    const sha256 = fileHash(extract);
    const identity = {
      id,
      name,
      country,
      timeZone,
      source: { package: 'OpenStreetMap extract', files: { [basename(extract)]: sha256 } },
    };
    say('joining streets');
    return written(identity, source, inputHashOf(city, sha256), packsFolder);
  } catch (error) {
    return fail(`${extract}: ${sentenceOf(error)}`);
  }
}

function written(
  identity: Parameters<typeof cityPack>[0],
  source: CitySource,
  inputHash: string,
  packsFolder: string,
): Result<CityPackDescription, string> {
  const pack = cityPack(identity, source, inputHash);
  if (pack.description.counts.edges < 2)
    return fail(
      'the streets of the extract do not hang together: no vehicle could drive round and come back',
    );
  mkdirSync(packsFolder, { recursive: true });
  writeCityPack(join(packsFolder, identity.id), pack);
  writePackIndex(packsFolder);
  return ok(pack.description);
}

function inputHashOf({ name, timeZone, country, bounds }: CityToBuild, sha256: string): string {
  return createHash('sha256')
    .update(JSON.stringify([name, timeZone, country, bounds, sha256]))
    .digest('hex');
}

function fileHash(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const bytes = new Uint8Array(PIECE_BYTES);
  try {
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes))
      hash.update(bytes.subarray(0, count));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** What our reader or the file system says; what the protobuf reader trips over is a damaged file. */
function sentenceOf(error: unknown): string {
  if (error instanceof BadExtract) return error.message;
  if (error instanceof Error && 'code' in error) return error.message;
  if (error instanceof Error) return `a part of the file is damaged (${error.message}): download it again`;
  return String(error);
}
