import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeTeslaMate, isTeslaMateTopic } from './teslamate.ts';
import { TAKE_BY_KEY } from './teslamate-values.ts';

function on(key: string, payload: unknown): ReturnType<typeof decodeTeslaMate> {
  return decodeTeslaMate(packetOn(`teslamate/cars/3/${key}`, payload));
}

function outcome(kind: string, readings: readonly object[], more: object = {}): object {
  return { ok: true, value: { provider: 'teslamate', kind, device: '3', readings, ...more } };
}

const reading = (values: object): object =>
  outcome('readings', [{ device: '3', observedAtMs: null, ...values }]);
const noReading = outcome('readings', []);

test.each([
  ['odometer', '1653.42', odometer(1_653_420_000_000, '1653.42')],
  ['odometer', '98760.50', odometer(98_760_500_000_000, '98760.50')],
  ['odometer', '0', odometer(0, '0')],
  ['speed', '48', { speedKmh: 48 }],
  [
    'location',
    '{"latitude":53.4084,"longitude":-2.9916}',
    { latitudeDegrees: 53.4084, longitudeDegrees: -2.9916 },
  ],
  ['location', '{"latitude":0,"longitude":0.0}', { hasGnssFix: false }],
  ['heading', '184', { headingDegrees: 184 }],
  ['elevation', '-4', { altitudeMetres: -4 }],
  ['battery_level', '63', { batteryPercent: 63 }],
  ['est_battery_range_km', '220.05', { rangeMetres: 220_050 }],
  ['charging_state', 'Charging', { isCharging: true }],
  ['charging_state', 'Complete', { isCharging: false }],
  ['charging_state', 'Starting', { isCharging: false }],
  ['charging_state', 'Disconnected', { isCharging: false }],
  ['plugged_in', 'true', { isPlugged: true }],
  ['plugged_in', 'false', { isPlugged: false }],
  ['locked', 'true', { isLocked: true }],
  ['shift_state', 'P', { gear: 'P' }],
  ['shift_state', 'D', { gear: 'D' }],
])('%s %s', (key, payload, values) => {
  expect(on(key, payload)).toEqual(reading(values));
});

function odometer(micrometres: number, rawText: string): object {
  return { odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } };
}

test.each([...TAKE_BY_KEY.keys()])('an empty or "nil" %s is no reading', (key) => {
  expect(on(key, '')).toEqual(noReading);
  expect(on(key, 'nil')).toEqual(noReading);
});

test('a location without numbers is no reading', () => {
  expect(on('location', '{"latitude":null,"longitude":null}')).toEqual(noReading);
});

test.each([
  ['latitude', '53.4'],
  ['longitude', '-2.9'],
  ['usable_battery_level', '61'],
  ['rated_battery_range_km', '230.5'],
  ['ideal_battery_range_km', '240.5'],
  ['power', '-9'],
  ['time_to_full_charge', '1.83'],
  ['since', '2026-03-02T08:15:00Z'],
  ['healthy', 'true'],
  ['display_name', 'Van 7'],
  ['active_route', '{"error":"No active route available"}'],
  ['a_key_of_next_year', 'x'],
])('%s %s tells nothing a reading holds', (key, payload) => {
  expect(on(key, payload)).toEqual(outcome('status', []));
});

test.each([
  ['online', { isOnline: true }],
  ['driving', { isOnline: true }],
  ['charging', { isOnline: true }],
  ['updating', { isOnline: true }],
  ['offline', { isOnline: false }],
  ['asleep', {}],
  ['suspended', {}],
  ['start', {}],
  ['', {}],
])('the state "%s"', (payload, more) => {
  expect(on('state', payload)).toEqual(outcome('status', [], more));
});

test('a namespace is the scope of its cars', () => {
  expect(decodeTeslaMate(packetOn('teslamate/north/cars/7/speed', '48'))).toEqual({
    ok: true,
    value: {
      provider: 'teslamate',
      kind: 'readings',
      device: '7',
      scope: 'north',
      readings: [{ device: '7', observedAtMs: null, speedKmh: 48 }],
    },
  });
  expect(decodeTeslaMate(packetOn('teslamate/cars/cars/7/speed', '48'))).toMatchObject({
    ok: true,
    value: { device: '7', scope: 'cars' },
  });
});

test.each([
  ['odometer', '-0.01', 'value-out-of-range', 'odometer "-0.01" km is negative or over 9 million km'],
  ['odometer', '1,653', 'unexpected-shape', 'odometer is "1,653", not a decimal number'],
  ['speed', '501', 'value-out-of-range', 'speed 501 is not within 0 to 500'],
  ['location', '53.4,-2.9', 'unexpected-shape', 'location is "53.4,-2.9", not a latitude and a longitude'],
  [
    'location',
    '[53.4,-2.9]',
    'unexpected-shape',
    'location is "[53.4,-2.9]", not a latitude and a longitude',
  ],
  [
    'location',
    '{"latitude":53.4,"longitude":181}',
    'value-out-of-range',
    'longitude 181 is not within -180 to 180',
  ],
  ['locked', 'yes', 'unexpected-shape', 'locked is "yes", neither true nor false'],
  ['shift_state', 'B', 'unexpected-shape', 'shift_state is "B", none of P, R, N, D'],
  [
    'charging_state',
    'charging',
    'unexpected-shape',
    'charging_state is "charging", none of Charging, Disconnected, Stopped, NoPower, Complete, Starting',
  ],
  ['', '1', 'unknown-resource', 'the topic ends where the key should stand'],
])('%s %s is refused', (key, payload, reason, detail) => {
  expect(on(key, payload)).toEqual({ ok: false, error: { reason, detail } });
});

test.each([
  ['teslamate/cars//speed', '"" is no car\'s number'],
  ['teslamate/cars/5YJ3E1EA0TEST0001/speed', '"5YJ3E1EA0TEST0001" is no car\'s number'],
  ['teslamate//cars/1/speed', '"" is no namespace'],
])('%s names no car', (topic, detail) => {
  expect(decodeTeslaMate(packetOn(topic, '1'))).toEqual({
    ok: false,
    error: { reason: 'bad-device-id', detail },
  });
});

test.each([
  'teslamate/',
  'teslamate/cars/1',
  'teslamate/a/b/cars/1/speed',
  'teslamate/north/car/1/speed',
  'x/cars/1/speed',
])('the topic "%s" is not laid out as the program\'s', (topic) => {
  expect(isTeslaMateTopic(topic)).toBe(false);
  expect(decodeTeslaMate(packetOn(topic, '1'))).toMatchObject({
    ok: false,
    error: { reason: 'unknown-topic' },
  });
});

test('whatever the bytes, a value is read or refused with a reason', () => {
  const keys = fc.constantFrom(...TAKE_BY_KEY.keys(), 'state', 'healthy');
  const payloads = fc.oneof(fc.uint8Array(), fc.string(), fc.json(), fc.double().map(String));
  fc.assert(
    fc.property(keys, payloads, (key, payload) => {
      const decoded = on(key, payload);
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});
