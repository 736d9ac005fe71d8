import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import {
  type CheckedWindow,
  type CrossCheck,
  newCrossCheck,
  noteOdometer,
  notePosition,
} from './cross-check.ts';
import { greatCircleMicrometres } from './great-circle.ts';
import { odometerUnitsVerdict } from './odometer-units-verdict.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);
const MINUTE_MS = 60_000;
const miles = (count: number): number => Math.round(count * MICROMETRES_PER_MILE);

test.each([
  ['ok', 95, 100],
  ['divergence', 94.99, 100],
  ['ok', 110, 100],
  ['divergence', 110.01, 100],
  ['reported_km_labelled_miles', 160.9, 100],
  ['reported_km_labelled_miles', 156.08, 100],
  ['divergence', 156.06, 100],
  ['divergence', 165.74, 100],
  ['reported_miles_labelled_km', 62.1, 100],
  ['divergence', 60.22, 100],
  ['divergence', 63.98, 100],
  ['stuck', 0, 10],
  ['insufficient', 0, 9.99],
  ['insufficient', 49.99, 49.99],
  ['ok', 49, 50],
  ['ok', 50, 49],
  ['divergence', 50, 0],
  ['divergence', 0.1, 50],
  ['insufficient', 0, 0],
] as const)('%s: %d miles of odometer to %d of GPS', (verdict, odometer, gps) => {
  expect(odometerUnitsVerdict(miles(odometer), miles(gps))).toBe(verdict);
});

test('a degree of latitude is 111,195 metres on the mean sphere, and a way back is as long', () => {
  const [from, to] = [at(51), at(52)];
  expect(Math.round(greatCircleMicrometres(from, to) / 1e6)).toBe(111_195);
  expect(greatCircleMicrometres(to, from)).toBe(greatCircleMicrometres(from, to));
  const [west, east] = [-179.5, 179.5].map((longitudeDegrees) => ({ latitudeDegrees: 0, longitudeDegrees }));
  expect(Math.round(greatCircleMicrometres(west ?? from, east ?? to) / 1e6)).toBe(111_195);
});

function at(latitudeDegrees: number): {
  readonly latitudeDegrees: number;
  readonly longitudeDegrees: number;
} {
  return { latitudeDegrees, longitudeDegrees: -1.5 };
}

const MILES_PER_DEGREE = greatCircleMicrometres(at(51), at(52)) / MICROMETRES_PER_MILE;

/** A mile a minute northwards, with the odometer told every ten minutes; returns the windows that closed. */
function drive(
  check: CrossCheck,
  minutes: number,
  odometerMiles: (driven: number) => number,
): CheckedWindow[] {
  const windows: CheckedWindow[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    const atMs = NOON_MS + minute * MINUTE_MS;
    if (minute % 10 === 0) {
      const closed = noteOdometer(check, miles(20_000 + odometerMiles(minute)), atMs);
      if (closed !== null) windows.push(closed);
    }
    notePosition(check, at(40 + minute / MILES_PER_DEGREE), atMs);
  }
  return windows;
}

test('a window closes with fifty miles of either', () => {
  const windows = drive(newCrossCheck(), 120, (driven) => driven);
  expect(windows.map(({ verdict, odometerMicrometres }) => [verdict, odometerMicrometres])).toEqual([
    ['ok', miles(50)],
    ['ok', miles(50)],
  ]);
  expect(windows[1]).toMatchObject({ fromMs: NOON_MS + 50 * MINUTE_MS, toMs: NOON_MS + 100 * MINUTE_MS });
});

test('kilometres that are taken for miles are told, and miles taken for kilometres', () => {
  const verdictOf = (factor: number): unknown =>
    drive(newCrossCheck(), 70, (driven) => driven * factor)[0]?.verdict;
  expect(verdictOf(1.609344)).toBe('reported_km_labelled_miles');
  expect(verdictOf(1 / 1.609344)).toBe('reported_miles_labelled_km');
  expect(verdictOf(0.8)).toBe('divergence');
});

test('an odometer that stands still is told after ten miles, one that was not heard is not', () => {
  expect(drive(newCrossCheck(), 20, () => 0)).toMatchObject([{ verdict: 'stuck' }]);
  const check = newCrossCheck();
  noteOdometer(check, miles(20_000), NOON_MS);
  for (let minute = 0; minute <= 90; minute += 1)
    notePosition(check, at(40 + minute / MILES_PER_DEGREE), NOON_MS + minute * MINUTE_MS);
  expect(noteOdometer(check, miles(20_090), NOON_MS + 90 * MINUTE_MS)).toMatchObject({ verdict: 'ok' });
});

test('a parked vehicle drives nowhere, and a hop no vehicle can drive is not summed', () => {
  const check = newCrossCheck();
  noteOdometer(check, miles(20_000), NOON_MS);
  for (let minute = 0; minute < 600; minute += 1)
    notePosition(check, at(51 + (minute % 5) * 0.0001), NOON_MS + minute * MINUTE_MS);
  expect(check.gpsMicrometres).toBe(0);
  notePosition(check, at(0), NOON_MS + 600 * MINUTE_MS);
  notePosition(check, at(51), NOON_MS + 601 * MINUTE_MS);
  expect(check.gpsMicrometres).toBe(0);
  notePosition(check, at(51.01), NOON_MS + 602 * MINUTE_MS);
  expect(check.gpsMicrometres).toBe(greatCircleMicrometres(at(51), at(51.01)));
});

test('what comes late is passed over; an odometer that falls begins a new window', () => {
  const check = newCrossCheck();
  notePosition(check, at(51), NOON_MS);
  noteOdometer(check, miles(20_000), NOON_MS);
  notePosition(check, at(51.01), NOON_MS + MINUTE_MS);
  const before = { ...check };
  notePosition(check, at(51.02), NOON_MS + MINUTE_MS);
  noteOdometer(check, miles(19_000), NOON_MS - MINUTE_MS);
  expect(check).toEqual(before);
  expect(noteOdometer(check, miles(3), NOON_MS + 2 * MINUTE_MS)).toBeNull();
  expect(check).toMatchObject({ gpsMicrometres: 0, odometer: { fromMicrometres: miles(3) } });
});

test('miles driven out of sight are a straight line only, and prove nothing against an odometer', () => {
  const check = newCrossCheck();
  noteOdometer(check, miles(1_000), NOON_MS);
  notePosition(check, at(51), NOON_MS);
  notePosition(check, at(51 + 20 / MILES_PER_DEGREE), NOON_MS + 60 * MINUTE_MS);
  expect(noteOdometer(check, miles(1_060), NOON_MS + 60 * MINUTE_MS)).toMatchObject({
    verdict: 'insufficient',
    odometerMicrometres: miles(60),
  });
  expect(check.isSparse).toBe(false);
});

test('property: every closed window has a verdict, and its miles are those that were driven', () => {
  const legs = fc.array(fc.record({ miles: fc.nat(7), odometer: fc.nat(7) }), { maxLength: 80 });
  fc.assert(
    fc.property(legs, (driven) => {
      const check = newCrossCheck();
      let [odometer, summed, degrees] = [miles(1_000), 0, 0];
      noteOdometer(check, odometer, NOON_MS);
      notePosition(check, at(degrees), NOON_MS);
      driven.forEach((leg, i) => {
        const atMs = NOON_MS + (i + 1) * 4 * MINUTE_MS;
        degrees += leg.miles / MILES_PER_DEGREE;
        notePosition(check, at(degrees), atMs);
        odometer += miles(leg.odometer);
        const closed = noteOdometer(check, odometer, atMs);
        summed += closed?.odometerMicrometres ?? 0;
        expect(closed?.verdict).not.toBe('insufficient');
      });
      const open = (check.odometer?.micrometres ?? 0) - (check.odometer?.fromMicrometres ?? 0);
      expect(summed + open).toBe(odometer - miles(1_000));
    }),
  );
});
