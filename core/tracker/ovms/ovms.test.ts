import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeOvms, isOvmsTopic } from './ovms.ts';
import { TAKE_BY_METRIC } from './ovms-values.ts';

const DEVICE = 'van2';
const SCOPE = 'ada@fleet.example';

function on(branch: string, payload: unknown): ReturnType<typeof decodeOvms> {
  return decodeOvms(packetOn(`ovms/${SCOPE}/${DEVICE}/${branch}`, payload));
}

function outcome(kind: string, readings: readonly object[], more: object = {}): object {
  return { ok: true, value: { provider: 'ovms', kind, device: DEVICE, scope: SCOPE, readings, ...more } };
}

const reading = (values: object): object =>
  outcome('readings', [{ device: DEVICE, observedAtMs: null, ...values }]);
const noReading = outcome('readings', []);
const status = outcome('status', []);

test.each([
  ['41207.6', 41_207_600_000_000],
  ['234568', 234_568_000_000_000],
  ['1.05e+06', 1_050_000_000_000_000],
  ['1.04321e+06', 1_043_210_000_000_000],
  ['0', 0],
])('an odometer of %s is kilometres, its text kept', (rawText, micrometres) => {
  expect(on('metric/v/p/odometer', rawText)).toEqual(
    reading({ odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } }),
  );
});

test.each([
  ['v/p/trip', '12.34', { tripOdometerMetres: 12_340 }],
  ['v/p/latitude', '53.408400', { latitudeDegrees: 53.4084 }],
  ['v/p/longitude', '-2.991600', { longitudeDegrees: -2.9916 }],
  ['v/p/direction', '184.5', { headingDegrees: 184.5 }],
  ['v/p/altitude', '-3.5', { altitudeMetres: -3.5 }],
  ['v/p/speed', '48', { speedKmh: 48 }],
  ['v/p/gpsspeed', '47.2', { speedKmh: 47.2 }],
  ['v/p/gpslock', 'yes', { hasGnssFix: true }],
  ['v/p/gpslock', 'no', { hasGnssFix: false }],
  ['v/p/gpshdop', '0.9', { hdop: 0.9 }],
  ['v/p/satcount', '11', { satellites: 11 }],
  ['v/b/soc', '63.5', { batteryPercent: 63.5 }],
  ['v/b/range/est', '187.25', { rangeMetres: 187_250 }],
  ['v/b/12v/voltage', '12.61', { externalVolts: 12.61 }],
  ['v/c/charging', 'yes', { isCharging: true }],
  ['v/c/charging', 'no', { isCharging: false }],
  ['v/e/on', 'yes', { isIgnitionOn: true }],
  ['v/e/locked', 'no', { isLocked: false }],
  ['v/e/gear', '-1', { gear: 'R' }],
  ['v/e/gear', '0', { gear: 'N' }],
  ['v/e/gear', '1', { gear: 'D' }],
  ['v/vin', 'VF1AAAAA000000001', { vin: 'VF1AAAAA000000001' }],
])('%s %s', (name, payload, values) => {
  expect(on(`metric/${name}`, payload)).toEqual(reading(values));
});

test.each([...TAKE_BY_METRIC.keys()])('an empty %s is undefined: no reading', (name) => {
  expect(on(`metric/${name}`, '')).toEqual(noReading);
});

test.each([
  ['v/p/odometer', 'nan'],
  ['v/p/latitude', '0.000000'],
  ['v/p/longitude', '0'],
  ['v/vin', '-----------------'],
])('%s %s is no reading', (name, payload) => {
  expect(on(`metric/${name}`, payload)).toEqual(noReading);
});

test.each([
  ['metric/m/time/utc', '2026-03-02 09:16:05 UTC'],
  ['metric/m/time/utc', '1772442965'],
  ['metric/v/p/gpstime', '2026-03-02 10:16:05 CET'],
  ['metric/v/b/range/ideal', '240'],
  ['metric/v/b/power', '-7.2'],
  ['metric/v/p/gpssq', '80'],
  ['metric/v/c/state', 'topoff'],
  ['metric/xvu/b/soc', '71'],
  ['event', 'vehicle.alert.12v.on'],
  ['event/vehicle/alert/12v/on', ''],
  ['event', ''],
  ['notify/alert/batt/12v/alert', '12V battery low'],
  ['notify/info/charge/done', 'Charge done'],
  ['notify/error/flatbed/moved', 'not an alert'],
  ['notify/data/log/trip/17/-30', 'GPS,1,2,3'],
])('%s %s tells nothing a reading holds', (branch, payload) => {
  expect(on(branch, payload)).toEqual(status);
});

test.each([
  ['yes', { isOnline: true }],
  ['no', { isOnline: false }],
  ['', {}],
])('connected %s', (payload, more) => {
  expect(on('metric/s/v3/connected', payload)).toEqual(outcome('status', [], more));
});

test.each([
  ['vehicle.on', { isIgnitionOn: true }],
  ['vehicle.off', { isIgnitionOn: false }],
  ['vehicle.charge.start', { isCharging: true }],
  ['vehicle.charge.stop', { isCharging: false }],
  ['vehicle.charge.finished', { isCharging: false }],
  ['vehicle.locked', { isLocked: true }],
  ['vehicle.unlocked', { isLocked: false }],
  ['location.alert.flatbed.moved', { event: 'tow' }],
])('the event %s means the same in the payload and in the topic', (name, values) => {
  expect(on('event', name)).toEqual(reading(values));
  expect(on(`event/${name.replaceAll('.', '/')}`, '')).toEqual(reading(values));
});

test('a parked car that moves is an alert as well', () => {
  expect(on('notify/alert/flatbed/moved', 'Vehicle moves')).toEqual(reading({ event: 'tow' }));
});

test.each([
  'client/app1/active',
  'client/app1/command/4',
  'client/app1/response/4',
  'client/app1/request/metric',
])('%s is between other programs and the module', (branch) =>
  expect(on(branch, '1')).toEqual(outcome('command', [])),
);

test.each([
  ['v/p/odometer', '-1', 'value-out-of-range', 'odometer "-1" km is negative or over 9 million km'],
  ['v/p/odometer', '41207.6km', 'unexpected-shape', 'odometer is "41207.6km", not a decimal number'],
  ['v/p/latitude', '91', 'value-out-of-range', 'latitude 91 is not within -90 to 90'],
  ['v/b/soc', '101', 'value-out-of-range', 'battery level 101 is not within 0 to 100'],
  ['v/c/charging', 'true', 'unexpected-shape', 'v.c.charging is "true", neither yes nor no'],
  ['v/e/gear', '5', 'unexpected-shape', 'v.e.gear is "5", none of -1, 0, 1'],
  ['s/v3/connected', '1', 'unexpected-shape', 's.v3.connected is "1", neither yes nor no'],
  ['', '1', 'unknown-resource', 'nothing follows "metric" in the topic'],
])('the metric %s %s is refused', (name, payload, reason, detail) => {
  expect(on(`metric/${name}`, payload)).toEqual({ ok: false, error: { reason, detail } });
});

test('bytes that are no text are refused', () => {
  expect(on('metric/v/p/odometer', Uint8Array.of(0x31, 0xff))).toEqual({
    ok: false,
    error: { reason: 'not-json', detail: 'the payload is not UTF-8 text: byte 0xff at 1' },
  });
});

test.each([
  ['ovms/ada/van2/metric/v/b/soc', 'van2', 'ada'],
  ['ovms/van2/metric/v/b/soc', 'van2', undefined],
  ['ovms/fleet/uk/van2/metric/v/b/soc', 'van2', 'fleet/uk'],
  ['ovms/ada/event/metric/v/b/soc', 'event', 'ada'],
])('in %s the vehicle stands before the branch, its owner before that', (topic, device, scope) => {
  const named = scope === undefined ? { device } : { device, scope };
  const readings = [{ device, observedAtMs: null, batteryPercent: 50 }];
  expect(decodeOvms(packetOn(topic, '50'))).toEqual({
    ok: true,
    value: { provider: 'ovms', kind: 'readings', ...named, readings },
  });
});

test.each([
  ['ovms/ada//metric/v/b/soc', '"ada/" names no vehicle'],
  ['ovms//van2/metric/v/b/soc', '"/van2" names no vehicle'],
  ['ovms/ada/van#/metric/v/b/soc', '"ada/van#" names no vehicle'],
])('%s names no vehicle', (topic, detail) => {
  expect(decodeOvms(packetOn(topic, '50'))).toEqual({
    ok: false,
    error: { reason: 'bad-device-id', detail },
  });
});

test.each([
  'ovms',
  'ovms/',
  'ovms/metric/v/b/soc',
  'ovms/ada/van2',
  'ovms/ada/van2/metrics/v',
  'home/ovms/a/metric/v',
])('the topic "%s" is not laid out as the module\'s', (topic) => {
  expect(isOvmsTopic(topic)).toBe(false);
  expect(decodeOvms(packetOn(topic, '1'))).toMatchObject({ ok: false, error: { reason: 'unknown-topic' } });
});

test('whatever the bytes, a metric is read or refused with a reason', () => {
  const names = fc.constantFrom(...TAKE_BY_METRIC.keys(), 's/v3/connected', 'v/unknown');
  const payloads = fc.oneof(fc.uint8Array(), fc.string(), fc.double().map(String));
  fc.assert(
    fc.property(names, payloads, (name, payload) => {
      const decoded = on(`metric/${name}`, payload);
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});

test('an odometer of six significant digits is exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
      const rawText = (digits / 10 ** places).toFixed(places);
      const micrometres = digits * 10 ** (9 - places);
      expect(on('metric/v/p/odometer', rawText)).toEqual(
        reading({ odometer: { micrometres, rawText, rawUnit: 'km', origin: 'vehicle' } }),
      );
    }),
  );
});
