import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { FleetVehicle } from '../../fleet/fleet-vehicle.ts';
import { readCsvTracks } from './read-csv-tracks.ts';
import { readSumoTracks } from './read-sumo-tracks.ts';
import type { Track } from './track.ts';
import type { TrackProblem } from './track-builder.ts';

const PIECE_BYTES = 1 << 20;

/** A pattern that is a file: `csv:drives.csv` or `sumo-fcd:fcd.xml`. */
export function isTrackPattern(pattern: string): boolean {
  return /^(csv|sumo-fcd):./.test(pattern);
}

/** Reads the file of such a pattern, beside a folder. The error names file and lines, a problem a line. */
export function openTracks(pattern: string, folder: string): Result<readonly Track[], string> {
  const path = resolve(folder, pattern.slice(pattern.indexOf(':') + 1));
  let tracks: Result<readonly Track[], readonly TrackProblem[]>;
  try {
    tracks = pattern.startsWith('csv:')
      ? readCsvTracks(readFileSync(path, 'utf8'))
      : readSumoTracks(piecesOf(path));
  } catch (error) {
    return fail(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (tracks.ok) return ok(tracks.value);
  return fail(tracks.error.map(({ line, problem }) => `${path}:${line}: ${problem}`).join('\n'));
}

/** The fleet on recorded tracks, each vehicle on the next one; when there are fewer tracks they are driven again. */
export function onTracks(fleet: readonly FleetVehicle[], tracks: readonly Track[]): readonly FleetVehicle[] {
  return fleet.map((vehicle, index) => {
    const track = tracks[index % tracks.length];
    return track === undefined ? vehicle : { ...vehicle, track };
  });
}

function* piecesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(PIECE_BYTES);
  try {
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) {
      yield decoder.decode(bytes.subarray(0, count), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}
