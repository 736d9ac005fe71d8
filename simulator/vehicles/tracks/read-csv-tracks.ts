import { CsvError, parse } from 'csv-parse/sync';
import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { Track } from './track.ts';
import { type RecordedPoint, TrackBuilder, type TrackProblem } from './track-builder.ts';

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

const NAMES: Readonly<Record<'latitude' | 'longitude' | 'distance', readonly string[]>> = {
  latitude: ['latitude', 'lat'],
  longitude: ['longitude', 'lon', 'lng'],
  distance: ['distance_m'],
};
const PROBLEMS_MAX = 20;

/**
 * Recorded driving as CSV with a line of headings: `time` (an instant with its offset, or seconds from the start of
 * live driving), `latitude` and `longitude` in degrees, or `distance_m` (metres, counting on), or both; and `vehicle`
 * when there are several. The problems name lines, at most twenty of them.
 */
export function readCsvTracks(text: string): Result<readonly Track[], readonly TrackProblem[]> {
  const rows = rowsOf(text);
  if (!rows.ok) return rows;
  const [first] = rows.value;
  const headings = first === undefined ? [] : Object.keys(first.record);
  const missing = headingProblem(headings);
  if (missing !== null) return fail([{ line: 1, problem: missing }]);
  const isAbsolute = !isSeconds(first?.record['time'] ?? '');
  const builders = new Map<string, TrackBuilder>();
  const problems: TrackProblem[] = [];
  for (const { record, info } of rows.value) {
    const point = pointOf(record, isAbsolute);
    const name = record['vehicle'] ?? '';
    const builder = builders.get(name) ?? new TrackBuilder(name, isAbsolute);
    builders.set(name, builder);
    const problem = point.ok ? builder.add(point.value) : point.error;
    if (problem !== null) problems.push({ line: info.lines, problem });
    if (problems.length === PROBLEMS_MAX) break;
  }
  return problems.length > 0 ? fail(problems) : ok([...builders.values()].map((builder) => builder.track()));
}

function rowsOf(text: string): Result<readonly CsvRow[], readonly TrackProblem[]> {
  try {
    const columns = (headings: string[]): string[] => headings.map((heading) => heading.trim().toLowerCase());
    return ok(
      parse(text, {
        columns,
        bom: true,
        trim: true,
        info: true,
        skip_empty_lines: true,
      }) as unknown as CsvRow[],
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail([{ line: Number(error['lines'] ?? 1), problem: `this is not CSV: ${error.message}` }]);
  }
}

function headingProblem(headings: readonly string[]): string | null {
  const has = (names: readonly string[]): boolean => names.some((name) => headings.includes(name));
  if (headings.length === 0) return 'the file has no rows: a line of headings comes first, then the points';
  if (!headings.includes('time')) return 'there is no column "time"';
  if (has(NAMES.latitude) !== has(NAMES.longitude)) return 'latitude and longitude come together';
  if (!has(NAMES.latitude) && !has(NAMES.distance))
    return 'there is neither "latitude" and "longitude" nor "distance_m"';
  return null;
}

function pointOf(
  record: Readonly<Record<string, string>>,
  isAbsolute: boolean,
): Result<RecordedPoint, string> {
  const time = record['time'] ?? '';
  const timeMs = isAbsolute ? instantMs(time) : isSeconds(time) ? Number(time) * 1_000 : null;
  if (timeMs === null)
    return fail(
      isAbsolute
        ? `"${time}" is not an instant with its offset, such as 2026-03-02T08:00:00Z`
        : `"${time}" is not a number of seconds from the start, as in the rows before`,
    );
  const latitude = numberIn(record, NAMES.latitude);
  const longitude = numberIn(record, NAMES.longitude);
  const distanceMetres = numberIn(record, NAMES.distance);
  for (const value of [latitude, longitude, distanceMetres]) {
    if (typeof value === 'string') return fail(`"${value}" is not a number`);
  }
  const hasPlace = typeof latitude === 'number' && typeof longitude === 'number';
  if (!hasPlace && (latitude !== null || longitude !== null))
    return fail('latitude and longitude come together');
  return ok({
    timeMs,
    place: hasPlace ? { latitude, longitude } : null,
    distanceMetres: typeof distanceMetres === 'number' ? distanceMetres : null,
  });
}

/** The number in the first column of that name; its text when it is none; null when it is empty. */
function numberIn(
  record: Readonly<Record<string, string>>,
  names: readonly string[],
): number | string | null {
  const text = names.map((name) => record[name]).find((value) => value !== undefined) ?? '';
  if (text === '') return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function isSeconds(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function instantMs(text: string): number | null {
  const ms = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(ms) ? ms : null;
}
