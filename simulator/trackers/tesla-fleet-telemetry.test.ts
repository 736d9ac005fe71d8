import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { teslaTracker, teslaValues } from './tesla-fleet-telemetry.ts';
import { DEMO_PACE, type TrackerPublish } from './tracker.ts';

const VIN = '5YJ3E1EA0TEST0001';
const field = ({ topic }: TrackerPublish): string => topic.split('/').at(-1) ?? '';

test('each field is the bare JSON value the telemetry server sends, in miles', () => {
  const state = aTrackerView({
    odometerMm: 19_868_442_816,
    speedMmPerS: 16_764,
    latitudeE6: 51_500_000,
    longitudeE6: -120_000,
  });
  const values = teslaValues(state);
  expect(
    Object.fromEntries(Object.entries(values).map(([name, text]) => [name, JSON.parse(text) as unknown])),
  ).toEqual({
    Location: { latitude: 51.5, longitude: -0.12 },
    VehicleSpeed: 37.5,
    GpsHeading: 271,
    Gear: 'ShiftStateD',
    Odometer: 12_345.678,
    Soc: 57,
    DetailedChargeState: 'DetailedChargeStateDisconnected',
  });
  expect(values.Odometer).toBe('12345.678');
});

test('the odometer is cut at the third decimal, never rounded up', () => {
  expect(teslaValues(aTrackerView({ odometerMm: 1_609_343 })).Odometer).toBe('0.999');
  expect(teslaValues(aTrackerView({ odometerMm: 1_609_344 })).Odometer).toBe('1');
  expect(teslaValues(aTrackerView({ odometerMm: 0 })).Odometer).toBe('0');
});

test('the first report says everything, on one topic a field, through the one client of the server', () => {
  const publishes = teslaTracker(VIN, DEMO_PACE).report(aTrackerView(), 'due');
  expect(publishes.map(({ topic }) => topic)).toEqual([
    `telemetry/${VIN}/v/Location`,
    `telemetry/${VIN}/v/VehicleSpeed`,
    `telemetry/${VIN}/v/GpsHeading`,
    `telemetry/${VIN}/v/Gear`,
    `telemetry/${VIN}/v/Odometer`,
    `telemetry/${VIN}/v/Soc`,
    `telemetry/${VIN}/v/DetailedChargeState`,
  ]);
  expect(new Set(publishes.map(({ client }) => client))).toEqual(new Set(['tesla-fleet-telemetry']));
  expect(publishes.map(({ odometer }) => odometer).filter((odometer) => odometer !== null)).toEqual([
    { text: '76712.492', unit: 'mi' },
  ]);
});

test('a field is sent when it changed and its interval has passed; a car left standing falls silent', () => {
  const tracker = teslaTracker(VIN, DEMO_PACE);
  const { atMs } = aTrackerView();
  const after = (seconds: number, latitudeE6: number): string[] => {
    const moved = { atMs: atMs + seconds * 1000, latitudeE6, odometerMm: 123_456_789_999 + seconds * 13_333 };
    return tracker.report(aTrackerView(moved), 'due').map(field);
  };
  tracker.report(aTrackerView(), 'due');
  expect(after(1, 51_500_200)).toEqual([]);
  expect(after(2, 51_500_300)).toEqual(['Location']);
  expect(after(10, 51_500_400)).toEqual(['Location', 'Odometer']);
  const still = aTrackerView({ latitudeE6: 51_500_400, odometerMm: 123_456_789_999 + 10 * 13_333 });
  expect(tracker.report({ ...still, atMs: atMs + 100_000 }, 'due')).toEqual([]);
  expect(tracker.report({ ...still, atMs: atMs + 260_000 }, 'due').map(field)).toEqual(['Location']);
  expect(tracker.report({ ...still, atMs: atMs + 261_000 }, 'final').map(field)).toEqual(['Odometer']);
});
