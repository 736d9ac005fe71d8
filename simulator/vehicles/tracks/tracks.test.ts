import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { must } from '../../../core/base/assert.ts';
import { routeFinder } from '../../roads/find-route.ts';
import { gridCity } from '../../stand-in/grid-city.ts';
import { someTraits } from '../../stand-in/some-traits.ts';
import { startVehicle } from '../start-vehicle.ts';
import type { Vehicle } from '../vehicle.ts';
import { onTracks, openTracks } from './open-tracks.ts';
import { readCsvTracks } from './read-csv-tracks.ts';
import { readSumoTracks } from './read-sumo-tracks.ts';
import type { Track } from './track.ts';

const folder = mkdtempSync(join(tmpdir(), 'tracks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const network = gridCity(5);
const liveMs = Date.parse('2026-03-02T08:00:00Z');
const world = {
  seed: 1,
  timeZone: 'Europe/London',
  openingMs: liveMs,
  workShiftMs: 0,
  network,
  routes: routeFinder(network),
};

const plain = (track: Track | undefined): unknown =>
  track && {
    ...track,
    timesMs: [...track.timesMs],
    distanceMm: [...track.distanceMm],
    placesE6: track.placesE6 && [...track.placesE6],
  };

const csv = (...lines: string[]): string => lines.join('\n');

function driving(track: Track): Vehicle {
  const [traits] = onTracks(someTraits('taxi', 1), [track]);
  return startVehicle(must(traits, 'a vehicle'), world, liveMs);
}

test('a CSV of places gives a track a vehicle, its metres measured between them', () => {
  const tracks = readCsvTracks(
    csv(
      'vehicle,time,lat,lon',
      'a,2026-03-02T08:00:00Z,0,0',
      'b,2026-03-02T08:00:00Z,10,20.5',
      'a,2026-03-02T08:00:10Z,0.001,0',
    ),
  );
  expect(tracks.ok && tracks.value.map(plain)).toEqual([
    {
      name: 'a',
      isAbsolute: true,
      timesMs: [liveMs, liveMs + 10_000],
      distanceMm: [0, 111_195],
      placesE6: [0, 0, 0, 1_000],
    },
    { name: 'b', isAbsolute: true, timesMs: [liveMs], distanceMm: [0], placesE6: [20_500_000, 10_000_000] },
  ]);
});

test('a CSV of distances alone is enough, counted from its first row, in seconds from the start', () => {
  const tracks = readCsvTracks(csv('time,distance_m', '0,500.5', '60,1500.5', '', '61,1500.5'));
  expect(tracks.ok && tracks.value.map(plain)).toEqual([
    {
      name: '',
      isAbsolute: false,
      timesMs: [0, 60_000, 61_000],
      distanceMm: [0, 1_000_000, 1_000_000],
      placesE6: null,
    },
  ]);
});

test('every line of a CSV that does not fit is named', () => {
  const problems = readCsvTracks(
    csv('time,lat,lon', '5,0,0', '5,0,0', 'noon,0,0', '7,91,0', '8,0,east', '9,0,', '10,,', '11,0,0'),
  );
  expect(problems.ok ? [] : problems.error).toEqual([
    {
      line: 3,
      problem: 'the time is not after the one before it of vehicle "": put the rows in order of time',
    },
    { line: 4, problem: '"noon" is not a number of seconds from the start, as in the rows before' },
    { line: 5, problem: 'latitude 91 is not between -90 and 90 degrees' },
    { line: 6, problem: '"east" is not a number' },
    { line: 7, problem: 'latitude and longitude come together' },
    { line: 8, problem: 'neither a place nor a distance: give one of them' },
  ]);
  const falling = readCsvTracks(csv('time,distance_m', '0,10', '1,9'));
  expect(falling.ok ? [] : falling.error).toEqual([
    { line: 3, problem: 'the distance of vehicle "" falls: it counts on from row to row' },
  ]);
});

test.each([
  ['', 1, 'the file has no rows: a line of headings comes first, then the points'],
  ['when,lat,lon\n1,2,3', 1, 'there is no column "time"'],
  ['time,lat\n1,2', 1, 'latitude and longitude come together'],
  ['time,speed\n1,2', 1, 'there is neither "latitude" and "longitude" nor "distance_m"'],
])('a CSV %j is refused', (text, line, problem) => {
  const tracks = readCsvTracks(text);
  expect(tracks.ok ? [] : tracks.error).toEqual([{ line, problem }]);
});

test('a row with another number of columns is refused by its line', () => {
  const tracks = readCsvTracks(csv('time,lat,lon', '1,2,3', '2,3'));
  expect(tracks.ok ? 0 : tracks.error[0]?.line).toBe(3);
});

const FCD = `<?xml version="1.0" encoding="UTF-8"?>
<fcd-export xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <timestep time="0.00">
        <vehicle id="bus_1" x="11.970000" y="57.700000" angle="90.00" type="bus" speed="0.00" pos="5.10" lane="e1_0" slope="0.00"/>
    </timestep>
    <timestep time="1.00">
        <vehicle id="bus_1" x="11.970100" y="57.700000" angle="90.00" type="bus" speed="5.00" pos="10.1" lane="e1_0" slope="0.00"/>
        <vehicle id="v2" x="11.9" y="57.7" odometer="120.5" speed="1"/>
    </timestep>
    <timestep time="2.50"><vehicle id="v2" x="11.9" y="57.7" odometer="130.5" speed="1"/><person id="p" x="1" y="2"/></timestep>
</fcd-export>
`;

test('a SUMO file gives a track a vehicle, however it is cut into pieces', () => {
  const whole = readSumoTracks([FCD]);
  expect(whole.ok && whole.value.map(plain)).toEqual([
    {
      name: 'bus_1',
      isAbsolute: false,
      timesMs: [0, 1_000],
      distanceMm: [0, 5_942],
      placesE6: [11_970_000, 57_700_000, 11_970_100, 57_700_000],
    },
    {
      name: 'v2',
      isAbsolute: false,
      timesMs: [1_000, 2_500],
      distanceMm: [0, 10_000],
      placesE6: [11_900_000, 57_700_000, 11_900_000, 57_700_000],
    },
  ]);
  fc.assert(
    fc.property(fc.array(fc.nat(FCD.length), { maxLength: 6 }), (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), FCD.length];
      const pieces = ends.map((end, i) => FCD.slice(ends[i - 1] ?? 0, end));
      expect(readSumoTracks(pieces)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [
    FCD.replace('x="11.970000" y="57.700000"', 'x="1204.5" y="800.2"'),
    4,
    'x 1204.5, y 800.2 are no degrees: let SUMO write them with --fcd-output.geo true',
  ],
  [FCD.replace('y="57.700000" angle', 'angle'), 4, 'there is no y'],
  [FCD.replace('time="1.00"', 'time="soon"'), 6, 'time "soon" is not a number'],
  [
    FCD.replace('time="1.00"', 'time="0.00"'),
    7,
    'the time is not after the one before it of vehicle "bus_1": put the rows in order of time',
  ],
  ['<net/>', 1, "the file begins with <net>, not with SUMO's <fcd-export>: write it with --fcd-output"],
  ['<fcd-export>\n</fcd-export>', 2, 'there is no vehicle in the file'],
])('a SUMO file that does not fit is refused by its line', (text, line, problem) => {
  const tracks = readSumoTracks([text]);
  expect(tracks.ok ? [] : tracks.error).toEqual([{ line, problem }]);
});

test('a file that breaks off is refused', () => {
  const tracks = readSumoTracks([FCD.slice(0, 400)]);
  expect(tracks.ok ? '' : tracks.error[0]?.problem).toMatch(/^this is not XML: /);
});

test('a vehicle on a track stands, drives evenly from point to point, and stands again', () => {
  const tracks = readCsvTracks(
    csv('time,lat,lon,distance_m', '10,0,0,0', '20,0,0.001,100', '30,0,0.001,100', '40,0.001,0.001,220.5'),
  );
  const vehicle = driving(must(tracks.ok ? tracks.value[0] : null, 'a track'));
  const seen = [5, 15, 25, 35, 40, 90].map((second) => {
    vehicle.driveTo(liveMs + second * 1_000);
    const state = vehicle.stateAt(liveMs + second * 1_000);
    const { odometerMm, speedMmPerS, longitudeE6, latitudeE6, headingDegrees, isOn } = state;
    return [
      odometerMm - vehicle.traits.openingMm,
      speedMmPerS,
      longitudeE6,
      latitudeE6,
      headingDegrees,
      isOn,
      (vehicle.restsUntilMs() - liveMs) / 1_000,
    ];
  });
  expect(seen).toEqual([
    [0, 0, 0, 0, 90, false, 10],
    [50_000, 10_000, 500, 0, 90, true, 15],
    [100_000, 0, 1_000, 0, 0, false, 30],
    [160_250, 12_050, 1_000, 500, 0, true, 35],
    [220_500, 0, 1_000, 1_000, 0, false, Infinity],
    [220_500, 0, 1_000, 1_000, 0, false, Infinity],
  ]);
});

test('the file of a pattern is opened, and what is wrong with it says file and line', () => {
  const path = join(folder, 'a.csv');
  writeFileSync(path, csv('time,distance_m', '0,1', '1,2'));
  expect(openTracks('csv:a.csv', folder)).toMatchObject({ ok: true, value: [{ name: '' }] });
  writeFileSync(path, csv('time,distance_m', '0,1', '1,x'));
  expect(openTracks('csv:a.csv', folder)).toEqual({ ok: false, error: `${path}:3: "x" is not a number` });
  const xml = join(folder, 'a.xml');
  writeFileSync(xml, FCD);
  expect(openTracks(`sumo-fcd:${xml}`, '.')).toMatchObject({
    ok: true,
    value: [{ name: 'bus_1' }, { name: 'v2' }],
  });
  expect(openTracks('csv:none.csv', folder)).toMatchObject({ ok: false });
});
