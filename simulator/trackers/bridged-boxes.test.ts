import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { flespiMessage, flespiOdometer, flespiTracker } from './flespi.ts';
import { ownTracksLocation, ownTracksOdometer, ownTracksTracker } from './owntracks.ts';
import { traccarBody, traccarTracker } from './traccar.ts';
import { DEMO_PACE } from './tracker.ts';

const IMEI = '356000000000009';

test('flespi: one flat object, seconds with a fraction, kilometres', () => {
  const view = aTrackerView({ clockMs: 1_767_225_600_500, odometerMm: 15_321_700_000 });
  expect(JSON.parse(flespiMessage(IMEI, view, false))).toEqual({
    ident: IMEI,
    timestamp: 1_767_225_600.5,
    'position.latitude': 51.500123,
    'position.longitude': -1.234568,
    'position.direction': 271,
    'position.speed': 48,
    'position.satellites': 9,
    'position.valid': true,
    'vehicle.mileage': 15_321.7,
    'engine.ignition.status': true,
    'movement.status': true,
  });
  expect(flespiOdometer(15_321_700_999)).toEqual({ text: '15321.7', unit: 'km' });
  const [publish] = flespiTracker(IMEI, DEMO_PACE).report(aTrackerView(), 'due');
  expect(publish?.topic).toBe(`flespi/message/gw/channels/42/${IMEI}`);
});

test('traccar: knots, metres, dates with an offset, and a server sum nobody bills', () => {
  const view = aTrackerView({ signal: 'crash' });
  expect(JSON.parse(traccarBody(IMEI, view, true))).toEqual({
    position: {
      protocol: 'teltonika',
      serverTime: '2026-01-01T00:00:00.000+00:00',
      deviceTime: '2026-01-01T00:00:00.000+00:00',
      fixTime: '2026-01-01T00:00:00.000+00:00',
      valid: true,
      latitude: 51.500123,
      longitude: -1.234568,
      altitude: 20,
      speed: 25.9173,
      course: 271,
      attributes: {
        ignition: true,
        motion: true,
        odometer: 123_456_789,
        totalDistance: 123_456_789.5,
        alarm: 'accident',
      },
    },
    device: { name: IMEI, uniqueId: IMEI, status: 'online', lastUpdate: '2026-01-01T00:00:00.000+00:00' },
  });
  const [publish] = traccarTracker(IMEI, DEMO_PACE).report(view, 'due');
  expect(publish?.topic).toBe('positions');
});

test('owntracks: whole seconds, a letter for the reason, kilometres of the box', () => {
  const device = `qtripp/${IMEI}`;
  const [publish] = ownTracksTracker(device, DEMO_PACE).report(aTrackerView(), 'due');
  expect(publish?.topic).toBe(`owntracks/${device}`);
  expect(JSON.parse(String(publish?.payload))).toEqual({
    _type: 'location',
    lat: 51.500123,
    lon: -1.234568,
    tst: 1_767_225_600,
    t: 't',
    vel: 48,
    cog: 271,
    odometer: 123_456.7,
    ign: true,
    motion: true,
    uext: 14.1,
    tid: 'MP',
  });
  expect(ownTracksOdometer(123_456_799_999)).toEqual({ text: '123456.7', unit: 'km' });
  const triggers = [
    ownTracksLocation(aTrackerView({ isOn: false }), 'ignition'),
    ownTracksLocation(aTrackerView(), 'ignition'),
    ownTracksLocation(aTrackerView({ hasFix: false }), 'periodic'),
    ownTracksLocation(aTrackerView({ signal: 'tow' }), 'signal'),
  ].map((text) => (JSON.parse(text) as { t: string }).t);
  expect(triggers).toEqual(['I', 'i', 'p', '!']);
});

test('bridges pass on what was kept as a list, oldest first', () => {
  for (const tracker of [flespiTracker(IMEI, DEMO_PACE), ownTracksTracker(`qtripp/${IMEI}`, DEMO_PACE)]) {
    const publishes = [0, 10, 20].flatMap((seconds) =>
      tracker.report(aTrackerView({ clockMs: Date.UTC(2026, 0, 1) + seconds * 1_000 }), 'final'),
    );
    const joined = tracker.join?.(publishes);
    const inside: unknown = JSON.parse(String(joined?.payload));
    expect(inside).toEqual(publishes.map(({ payload }) => JSON.parse(String(payload)) as unknown));
  }
});
