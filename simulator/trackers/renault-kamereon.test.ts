import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { renaultBody, renaultOdometer, renaultTracker } from './renault-kamereon.ts';
import { DEMO_PACE, type TrackerPublish } from './tracker.ts';

const VIN = 'VF1AAAAA000000001';
const resource = ({ topic }: TrackerPublish): string => topic.split('/').at(-1) ?? '';

test('the cockpit carries the odometer in kilometres with two decimals, and no time', () => {
  const body = renaultBody(VIN, 'cockpit', aTrackerView({ odometerMm: 12_345_679_999 }));
  expect(JSON.parse(body)).toEqual({
    data: { type: 'Car', id: VIN, attributes: { fuelAutonomy: 0, fuelQuantity: 0, totalMileage: 12_345.67 } },
  });
  expect(renaultOdometer(12_345_600_000)).toEqual({ text: '12345.6', unit: 'km' });
  expect(renaultOdometer(12_345_000_000)).toEqual({ text: '12345', unit: 'km' });
});

test('location and battery carry their own times', () => {
  const state = aTrackerView({
    latitudeE6: 48_100_000,
    longitudeE6: 11_100_000,
    isCharging: true,
    isOn: false,
  });
  expect(JSON.parse(renaultBody(VIN, 'location', state))).toEqual({
    data: {
      type: 'Car',
      id: VIN,
      attributes: {
        gpsLatitude: 48.1,
        gpsLongitude: 11.1,
        gpsDirection: 271,
        lastUpdateTime: '2026-01-01T00:00:00Z',
      },
    },
  });
  expect(JSON.parse(renaultBody(VIN, 'battery-status', state))).toEqual({
    data: {
      type: 'Car',
      id: VIN,
      attributes: {
        timestamp: '2026-01-01T00:00:00Z',
        batteryLevel: 57,
        batteryAutonomy: 163,
        plugStatus: 1,
        chargingStatus: 1,
      },
    },
  });
});

test('the bridge asks for the place often, for the rest seldom, and hardly at all while the car sleeps', () => {
  const tracker = renaultTracker(VIN, DEMO_PACE);
  const { atMs } = aTrackerView();
  const asked = (seconds: number, isOn: boolean): string[] =>
    tracker.report(aTrackerView({ atMs: atMs + seconds * 1000, isOn }), 'due').map(resource);
  expect(asked(0, true)).toEqual(['location', 'cockpit', 'battery-status']);
  expect([4, 5, 10, 60].map((second) => asked(second, true))).toEqual([
    [],
    ['location'],
    ['location', 'cockpit'],
    ['location', 'cockpit', 'battery-status'],
  ]);
  expect([61, 70, 301].map((second) => asked(second, false))).toEqual([
    ['location'],
    [],
    ['location', 'cockpit', 'battery-status'],
  ]);
});
