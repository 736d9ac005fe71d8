import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSoundOutcomes } from '../../../tests/support/damaged-packets.ts';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeTraccar, isTraccarTopic } from './traccar.ts';

const DEVICE = '356000000000042';
const NINE = '2026-03-02T09:00:00.000+00:00';
const NINE_MS = Date.UTC(2026, 2, 2, 9);
const PLACE = { hasGnssFix: true, latitudeDegrees: 51.75, longitudeDegrees: -0.25 };

type Outcome = ReturnType<typeof decodeTraccar>;

/** A forwarded position; the attributes are JSON text, so that numbers keep their spelling. */
function position(attributes: string, fields: object = {}): Outcome {
  return decodeTraccar(packetOn('positions', positionText(attributes, fields)));
}

function positionText(attributes: string, fields: object = {}): string {
  const place = { fixTime: NINE, valid: true, latitude: 51.75, longitude: -0.25, ...fields };
  const text = JSON.stringify(place).slice(0, -1);
  return `{"position":${text},"attributes":{${attributes}}},"device":{"uniqueId":"${DEVICE}"}}`;
}

function readings(...values: readonly object[]): object {
  const all = values.map((value) => ({ device: DEVICE, observedAtMs: NINE_MS, ...value }));
  return { ok: true, value: { provider: 'traccar', kind: 'readings', device: DEVICE, readings: all } };
}

function odometer(rawText: string, micrometres: number, rawUnit: string, origin: string): object {
  return { odometer: { micrometres, rawText, rawUnit, origin } };
}

function refusal(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test.each([
  ['positions', true],
  ['fleet/north/positions', true],
  ['mypositions', false],
  ['positions/x', false],
  ['', false],
])('is %s a topic of this feed: %s', (topic, isOne) => {
  expect(isTraccarTopic(topic)).toBe(isOne);
});

test('knots become km/h, and what the server adds up is ignored beside an odometer', () => {
  const attributes =
    '"odometer":123456789,"ignition":true,"motion":false,"totalDistance":99887.1,"distance":3';
  expect(position(attributes, { speed: 25.9179, course: 271, altitude: 35.5 })).toEqual(
    readings({
      ...PLACE,
      speedKmh: 48,
      headingDegrees: 271,
      altitudeMetres: 35.5,
      isIgnitionOn: true,
      isMoving: false,
      ...odometer('123456789', 123_456_789_000_000, 'm', 'tracker'),
    }),
  );
});

test('without any odometer, what the server adds up is evidence of its own origin', () => {
  expect(position('"totalDistance":99887.10')).toEqual(
    readings({ ...PLACE, ...odometer('99887.10', 99_887_100_000, 'm', 'server') }),
  );
});

test.each([
  [
    'teltonika',
    '"obdOdometer":153217,"odometer":12',
    [odometer('153217', 153_217_000_000, 'm', 'vehicle'), odometer('12', 12_000_000, 'm', 'tracker')],
  ],
  [
    'gl200',
    '"obdOdometer":153217,"odometer":12',
    [odometer('153217', 15_321_700_000_000, 'hm', 'vehicle'), odometer('12', 12_000_000, 'm', 'tracker')],
  ],
  [
    'flespi',
    '"obdOdometer":153217,"odometer":12.5',
    [odometer('153217', 153_217_000_000, 'm', 'vehicle'), odometer('12.5', 12_500_000_000, 'km', 'tracker')],
  ],
  [
    'gl200',
    '"obdOdometer":30000001,"odometer":12',
    [
      { unlabelledOdometer: { rawText: '30000001', origin: 'vehicle' } },
      odometer('12', 12_000_000, 'm', 'tracker'),
    ],
  ],
  [
    'flespi',
    '"odometer":20417600,"totalDistance":5',
    [{ unlabelledOdometer: { rawText: '20417600', origin: 'tracker' } }],
  ],
  ['flespi', '"odometer":3000000', [odometer('3000000', 3_000_000_000_000_000, 'km', 'tracker')]],
])('the odometers of protocol %s with %s', (protocol, attributes, [first, ...others]) => {
  expect(position(attributes, { protocol })).toEqual(readings({ ...PLACE, ...first }, ...others));
});

test('an implausible value is a distance where the unit is known', () => {
  const packet = packetOn('positions', positionText('"odometer":20417600', { protocol: 'flespi' }));
  expect(decodeTraccar({ ...packet, context: { knownUnit: 'm' } })).toEqual(
    readings({ ...PLACE, ...odometer('20417600', 20_417_600_000_000, 'm', 'tracker') }),
  );
});

const LATER = '2026-03-02T09:30:00.000+00:00';
const LATER_MS = NINE_MS + 1_800_000;

test.each([
  [
    { deviceTime: LATER, serverTime: LATER },
    { observedAtMs: NINE_MS, ...PLACE },
  ],
  [
    { fixTime: null, deviceTime: LATER },
    { observedAtMs: LATER_MS, ...PLACE },
  ],
  [
    { fixTime: null, serverTime: LATER },
    { observedAtMs: null, ...PLACE },
  ],
  [
    { valid: false, deviceTime: LATER },
    { observedAtMs: LATER_MS, hasGnssFix: false },
  ],
  [
    { valid: false, serverTime: LATER },
    { observedAtMs: null, hasGnssFix: false },
  ],
  [
    { latitude: 0, longitude: 0 },
    { observedAtMs: NINE_MS, hasGnssFix: false },
  ],
  [{ fixTime: '2026-03-02T10:00:00+01:00' }, { observedAtMs: NINE_MS, ...PLACE }],
  [
    { fixTime: '2004-01-01T00:00:00Z' },
    { observedAtMs: Date.UTC(2004, 0, 1), isClockSuspect: true, ...PLACE },
  ],
])('the time and place of %j', (fields, values) => {
  expect(position('', fields)).toEqual(readings(values));
});

test.each([
  ['"alarm":"accident"', { event: 'crash' }],
  ['"alarm":"powerCut"', { event: 'unplugged' }],
  ['"alarm":"overspeed, sos,tow"', { event: 'tow' }],
  ['"alarm":"geofenceEnter"', { event: 'geofence-enter' }],
  ['"alarm":"!,é"', {}],
  ['"alarm":""', {}],
  ['"power":12.5,"battery":4.1,"batteryLevel":80', { externalVolts: 12.5, trackerBatteryPercent: 80 }],
  ['"power":12650,"charge":true', {}],
  ['"tripOdometer":321,"serviceOdometer":9', { tripOdometerMetres: 321 }],
  ['"vin":"WVWZZZE1ZMP000042"', { vin: 'WVWZZZE1ZMP000042' }],
  ['"vin":"WVW"', {}],
])('attributes {%s}', (attributes, values) => {
  expect(position(attributes)).toEqual(readings({ ...PLACE, ...values }));
});

test('a device that never had a position is a status', () => {
  expect(decodeTraccar(packetOn('positions', { device: { uniqueId: 'van seven' } }))).toEqual({
    ok: true,
    value: { provider: 'traccar', kind: 'status', device: 'van seven', readings: [] },
  });
});

test.each([
  ['elsewhere', '{}', 'unknown-topic', '"elsewhere" does not end in positions'],
  ['positions', '[]', 'unexpected-shape', 'no {"position":{…},"device":{…}} in a list of 0'],
  ['positions', '{"device":{}}', 'bad-device-id', 'device.uniqueId is absent, and names no device'],
  [
    'positions',
    '{"device":{"uniqueId":"a"},"position":7}',
    'unexpected-shape',
    'position is 7, not an object',
  ],
  [
    'positions',
    '{"device":{"uniqueId":"a"},"position":{"attributes":[]}}',
    'unexpected-shape',
    'attributes are a list of 0, not an object',
  ],
  [
    'positions',
    positionText('"odometer":-1'),
    'value-out-of-range',
    'odometer "-1" m is negative or over 9 million km',
  ],
  ['positions', positionText('', { valid: 1 }), 'unexpected-shape', 'valid is 1, neither true nor false'],
  [
    'positions',
    positionText('', { speed: 271 }),
    'value-out-of-range',
    'speed in knots 271 is not within 0 to 270',
  ],
  [
    'positions',
    positionText('', { deviceTime: 5 }),
    'unexpected-shape',
    'deviceTime is 5, not ISO 8601 with Z or an offset',
  ],
])('on %s the payload %s is refused', (topic, payload, reason, detail) => {
  expect(decodeTraccar(packetOn(topic, payload))).toEqual(refusal(reason, detail));
});

test('any mileage of up to six decimals is exact, in metres and hectometres', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000_000 }), fc.nat({ max: 999_999 }), (whole, millionths) => {
      const text = `${whole}.${String(millionths).padStart(6, '0')}`;
      const micrometres = whole * 1_000_000 + millionths;
      expect(position(`"odometer":${text},"obdOdometer":${text}`, { protocol: 'gl200' })).toEqual(
        readings(
          { ...PLACE, ...odometer(text, micrometres * 100, 'hm', 'vehicle') },
          odometer(text, micrometres, 'm', 'tracker'),
        ),
      );
    }),
  );
});

test('whatever the bytes, there is an outcome that can be', () => {
  expectSoundOutcomes(
    decodeTraccar,
    ['positions', 'a/positions', '', 'elsewhere'],
    [
      positionText('"odometer":20417600,"totalDistance":5,"alarm":"tow"', { protocol: 'flespi', speed: 20 }),
      positionText('"obdOdometer":204176,"odometer":3', { protocol: 'gl200', deviceTime: NINE }),
    ],
  );
});
