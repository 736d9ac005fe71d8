import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { bmwOdometer, bmwTracker } from './bmw-cardata.ts';
import { ovmsOdometer, ovmsTracker } from './ovms.ts';
import { smartcarOdometer, smartcarTracker } from './smartcar.ts';
import { teslaMateOdometer, teslaMateTracker } from './teslamate.ts';
import { DEMO_PACE, type Tracker, type TrackerPublish } from './tracker.ts';

const firstWords = (tracker: Tracker, view = aTrackerView()): Record<string, unknown> =>
  Object.fromEntries(tracker.report(view, 'due').map(({ topic, payload }) => [topic, payload]));

test('ovms: a retained topic a metric, bare text in its native unit, and a last word for who is lost', () => {
  const tracker = ovmsTracker('u1/car1', DEMO_PACE);
  const view = aTrackerView({ odometerMm: 41_207_600_000, batteryPercent: 57.5 });
  expect(firstWords(tracker, view)).toEqual({
    'ovms/u1/car1/metric/s/v3/connected': 'yes',
    'ovms/u1/car1/metric/v/p/gpslock': 'yes',
    'ovms/u1/car1/metric/v/p/latitude': '51.500123',
    'ovms/u1/car1/metric/v/p/longitude': '-1.234568',
    'ovms/u1/car1/metric/v/p/direction': '271',
    'ovms/u1/car1/metric/v/p/speed': '48',
    'ovms/u1/car1/metric/v/p/odometer': '41207.6',
    'ovms/u1/car1/metric/v/e/on': 'yes',
    'ovms/u1/car1/metric/v/c/charging': 'no',
    'ovms/u1/car1/metric/v/b/soc': '57.5',
    'ovms/u1/car1/metric/v/b/range/est': '163',
  });
  const [again] = tracker.report(view, 'final');
  expect(again).toEqual({
    client: 'ovms-u1-car1',
    transport: 'mqtt',
    topic: 'ovms/u1/car1/metric/v/p/odometer',
    payload: '41207.6',
    odometer: { text: '41207.6', unit: 'km' },
    isRetained: true,
    will: { topic: 'ovms/u1/car1/metric/s/v3/connected', payload: 'no' },
  } satisfies TrackerPublish);
});

test('ovms: six significant digits, then an exponent', () => {
  const text = (km: number): string => ovmsOdometer(km * 1e6).text;
  expect([0, 0.5, 41_207.64, 234_567.8, 999_999, 1_050_000, 1_043_214].map(text)).toEqual([
    '0',
    '0.5',
    '41207.6',
    '234568',
    '999999',
    '1.05e+06',
    '1.04321e+06',
  ]);
});

test('teslamate: kilometres with two decimals, one retained topic a value', () => {
  const view = aTrackerView({ odometerMm: 1_653_429_999 });
  expect(firstWords(teslaMateTracker('1', DEMO_PACE), view)).toEqual({
    'teslamate/cars/1/state': 'driving',
    'teslamate/cars/1/location': '{"latitude":51.500123,"longitude":-1.234568}',
    'teslamate/cars/1/speed': '48',
    'teslamate/cars/1/heading': '271',
    'teslamate/cars/1/shift_state': 'D',
    'teslamate/cars/1/odometer': '1653.42',
    'teslamate/cars/1/charging_state': 'Disconnected',
    'teslamate/cars/1/battery_level': '57',
    'teslamate/cars/1/est_battery_range_km': '163',
  });
  expect(teslaMateOdometer(1_653_429_999)).toEqual({ text: '1653.42', unit: 'km' });
});

test('bmw: one message of what changed, each descriptor with unit and time; whole kilometres, or miles', () => {
  const vin = 'WBA00000000000001';
  const tracker = bmwTracker(vin, DEMO_PACE);
  const [first] = tracker.report(aTrackerView({ odometerMm: 15_321_999_999 }), 'due');
  const body = JSON.parse(String(first?.payload)) as { data: Record<string, unknown> };
  expect(first?.topic).toMatch(/^[^/]+\/WBA00000000000001$/);
  expect(body.data['vehicle.vehicle.travelledDistance']).toEqual({
    value: 15_321,
    unit: 'km',
    timestamp: '2026-01-01T00:00:00Z',
  });
  const later = aTrackerView({
    atMs: Date.UTC(2026, 0, 1, 0, 0, 4),
    odometerMm: 15_321_999_999,
    headingDegrees: 3,
  });
  expect(
    tracker.report(later, 'due').map(({ payload, odometer }) => [JSON.parse(String(payload)), odometer]),
  ).toEqual([
    [
      {
        vin,
        timestamp: '2026-01-01T00:00:04Z',
        data: {
          'vehicle.cabin.infotainment.navigation.currentLocation.heading': {
            value: 3,
            unit: 'degrees',
            timestamp: '2026-01-01T00:00:04Z',
          },
        },
      },
      null,
    ],
  ]);
  expect(bmwOdometer(15_321_000_000, 'mi')).toEqual({ text: '9520', unit: 'mi' });
});

test('smartcar: a webhook body whose signals have the time of the car', () => {
  const tracker = smartcarTracker('5afe', DEMO_PACE);
  const view = aTrackerView({ odometerMm: 71_500_000_000, clockMs: 1_767_225_598_000 });
  const [publish, ...more] = tracker.report(view, 'due');
  expect(more).toEqual([]);
  expect(publish?.topic).toBe('smartcar/5afe');
  const meta = { oemUpdatedAt: 1_767_225_598_000, retrievedAt: 1_767_225_600_000 };
  const status = { value: 'SUCCESS' };
  expect(JSON.parse(String(publish?.payload))).toEqual({
    eventId: '5afe-1767225600000',
    eventType: 'VEHICLE_STATE',
    data: {
      vehicle: { id: '5afe' },
      signals: [
        { code: 'odometer-traveleddistance', body: { value: 71_500, unit: 'km' }, meta, status },
        {
          code: 'location-preciselocation',
          body: { latitude: 51.500123, longitude: -1.234568, heading: 271 },
          meta,
          status,
        },
        { code: 'tractionbattery-stateofcharge', body: { value: 57, unit: 'percent' }, meta, status },
        { code: 'tractionbattery-range', body: { value: 163, unit: 'km' }, meta, status },
        { code: 'charge-ischarging', body: { value: false }, meta, status },
      ],
    },
    meta: { deliveryId: 'd-5afe-1767225600000', deliveredAt: 1_767_225_600_000 },
  });
  expect(smartcarOdometer(1_609_344_000, 'mi')).toEqual({ text: '1000', unit: 'mi' });
});

test('the odometer of a feed without times is said no more often than its interval', () => {
  for (const tracker of [ovmsTracker('u/c', DEMO_PACE), teslaMateTracker('1', DEMO_PACE)]) {
    const { atMs } = aTrackerView();
    const said = [0, 2, 4, 6, 8, 10, 12].filter((second) => {
      const view = aTrackerView({ atMs: atMs + second * 1_000, odometerMm: 1e9 + second * 2e7 });
      return tracker.report(view, 'due').some(({ odometer }) => odometer !== null);
    });
    expect(said).toEqual([0, 10]);
  }
});
