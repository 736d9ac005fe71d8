import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeOwnTracks, isOwnTracksTopic } from './owntracks.ts';

const DEVICE = '356000000000009';
const SCOPE = 'qtripp';
const TOPIC = `owntracks/${SCOPE}/${DEVICE}`;
const MARCH_S = 1_772_439_300;
const PLACE = { lat: 53.4084, lon: -2.9916 };
const FIX = { latitudeDegrees: 53.4084, longitudeDegrees: -2.9916 };

const decode = (message: unknown): ReturnType<typeof decodeOwnTracks> =>
  decodeOwnTracks(packetOn(TOPIC, message));

const location = (fields: object): ReturnType<typeof decodeOwnTracks> =>
  decode({ _type: 'location', ...PLACE, tst: MARCH_S, ...fields });

function outcome(kind: string, readings: readonly object[], more: object = {}): object {
  return {
    ok: true,
    value: { provider: 'owntracks', kind, device: DEVICE, scope: SCOPE, readings, ...more },
  };
}

function reading(values: object): object {
  return outcome('readings', [{ device: DEVICE, observedAtMs: MARCH_S * 1_000, ...values }]);
}

function refused(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test("a phone's fix is a place and a time; its battery is not the car's", () => {
  const fields = { acc: 12, alt: 31, vel: 48, cog: 271, batt: 67, tid: 'JP', conn: 'm', p: 100.4, m: 2 };
  expect(location(fields)).toEqual(
    reading({ ...FIX, altitudeMetres: 31, headingDegrees: 271, speedKmh: 48, trackerBatteryPercent: 67 }),
  );
});

test("a bridged tracker's odometer is kilometres of its own, to the digit", () => {
  const text = `{"_type":"location","lat":53.4084,"lon":-2.9916,"tst":${MARCH_S},"odometer":15321.70}`;
  const odometer = { micrometres: 15_321_700_000_000, rawText: '15321.70', rawUnit: 'km', origin: 'tracker' };
  expect(decode(text)).toEqual(reading({ ...FIX, odometer }));
  expect(location({ odometer: '15321.70' })).toEqual(reading({ ...FIX, odometer }));
});

test.each([
  [{ t: 'i' }, { isIgnitionOn: true }],
  [{ t: 'I' }, { isIgnitionOn: false }],
  [{ t: 'I', ign: true }, { isIgnitionOn: true }],
  [
    { ign: false, motion: true },
    { isIgnitionOn: false, isMoving: true },
  ],
  [{ t: 'e' }, { event: 'unplugged' }],
  [{ t: 'E' }, {}],
  [{ t: '!' }, { event: 'tow' }],
  [{ t: 'h' }, { event: 'harsh-driving' }],
  [{ tow: true, t: 'h' }, { event: 'tow' }],
  [{ tow: false }, {}],
  [{ t: 'H' }, {}],
  [{ t: 9 }, {}],
  [{ uext: 12.6, ubatt: 4.1 }, { externalVolts: 12.6 }],
  [{ vin: 'VF1AAAAA000000001' }, { vin: 'VF1AAAAA000000001' }],
  [{ vin: 'unknown', imei: DEVICE, name: 'van 7', hmc: 100, sent: MARCH_S + 9 }, {}],
  [{ vel: -1 }, {}],
  [{ vel: 0 }, { speedKmh: 0 }],
  [{ odometer: null, vel: null, alt: '' }, {}],
  [{ created_at: MARCH_S + 900 }, {}],
])('a location with %o', (fields, values) => {
  expect(location(fields)).toEqual(reading({ ...FIX, ...values }));
});

test('a ping has the time of now and the position and speed of earlier', () => {
  expect(location({ t: 'p', vel: 48, batt: 67 })).toEqual(
    reading({ hasGnssFix: false, trackerBatteryPercent: 67 }),
  );
});

test('0/0 is no position', () => {
  expect(location({ lat: 0, lon: 0 })).toEqual(reading({ hasGnssFix: false }));
});

test('the time may have a fraction, or be text', () => {
  const observedAtMs = MARCH_S * 1_000 + 250;
  expect(location({ tst: MARCH_S + 0.25 })).toEqual(reading({ ...FIX, observedAtMs }));
  expect(location({ tst: String(MARCH_S) })).toEqual(reading(FIX));
});

test('a time before 2010 is of a clock that was not set, at that message of a list', () => {
  const message = { _type: 'location', ...PLACE };
  expect(
    decode([
      { ...message, tst: MARCH_S },
      { ...message, tst: 315_964_800 },
    ]),
  ).toEqual(
    outcome('readings', [
      { device: DEVICE, observedAtMs: 315_964_800_000, isClockSuspect: true, ...FIX },
      { device: DEVICE, observedAtMs: MARCH_S * 1_000, ...FIX },
    ]),
  );
});

test('a list is read oldest first, each odometer with its own digits', () => {
  const item = (tst: number, odometer: string): string =>
    `{"_type":"location","lat":53.4084,"lon":-2.9916,"tst":${tst},"odometer":${odometer}}`;
  const read = (tst: number, rawText: string, micrometres: number): object => ({
    device: DEVICE,
    observedAtMs: tst * 1_000,
    ...FIX,
    odometer: { micrometres, rawText, rawUnit: 'km', origin: 'tracker' },
  });
  const list = ` [ ${item(MARCH_S + 60, '15322.0')} , {"_type":"waypoint"},\n${item(MARCH_S, '15321.70')}]`;
  expect(decode(list)).toEqual(
    outcome('readings', [
      read(MARCH_S, '15321.70', 15_321_700_000_000),
      read(MARCH_S + 60, '15322.0', 15_322_000_000_000),
    ]),
  );
});

test('a last will says that the device is lost, and not when', () => {
  expect(decode({ _type: 'lwt', tst: MARCH_S })).toEqual(outcome('status', [], { isOnline: false }));
});

test('where a region was entered or left is a fix', () => {
  const transition = { _type: 'transition', event: 'leave', desc: 'depot', wtst: 1_700_000_000, tid: 'Q9' };
  expect(decode({ ...transition, ...PLACE, tst: MARCH_S })).toEqual(reading(FIX));
  expect(decode({ ...transition, tst: MARCH_S })).toEqual(outcome('status', []));
  expect(decode({ ...transition, ...PLACE })).toEqual(outcome('status', []));
  expect(decode({ ...transition, ...PLACE, tst: 0 })).toEqual(
    refused('value-out-of-range', `tst 0 is not within 1 to 253402214400`),
  );
});

test.each([
  ['status', {}],
  ['waypoint', { lat: 1, lon: 2, tst: 3 }],
  ['waypoints', { waypoints: [] }],
  ['configuration', { waypoints: [{ _type: 'waypoint' }] }],
  ['steps', { steps: 9 }],
  ['a type of next year', {}],
])('a message of type %s is a status', (_type, fields) => {
  expect(decode({ _type, ...fields })).toEqual(outcome('status', []));
});

test('a command is one, and an empty list says nothing', () => {
  expect(decode({ _type: 'cmd', action: 'reportLocation' })).toEqual(outcome('command', []));
  expect(decode([])).toEqual(outcome('status', []));
});

test('an encrypted message is refused, also among others', () => {
  const encrypted = { _type: 'encrypted', data: 'AAAA' };
  const expected = refused('encrypted', 'only who has the key can read this message');
  expect(decode(encrypted)).toEqual(expected);
  expect(decode([{ _type: 'location', ...PLACE, tst: MARCH_S }, encrypted])).toEqual(expected);
});

test.each([
  [{ tst: 0 }, 'value-out-of-range', 'tst 0 is not within 1 to 253402214400'],
  [{ tst: MARCH_S * 1_000 }, 'value-out-of-range', `tst ${MARCH_S * 1_000} is not within 1 to 253402214400`],
  [{ tst: null }, 'unexpected-shape', 'the message has no time ("tst")'],
  [{ lon: null }, 'unexpected-shape', 'the location has no latitude and longitude'],
  [{ lat: 91 }, 'value-out-of-range', 'latitude 91 is not within -90 to 90'],
  [{ vel: -2 }, 'value-out-of-range', 'speed -2 is not within -1 to 500'],
  [{ batt: 900 }, 'value-out-of-range', 'battery level 900 is not within 0 to 100'],
  [{ odometer: -1 }, 'value-out-of-range', 'odometer "-1" km is negative or over 9 million km'],
  [{ odometer: {} }, 'unexpected-shape', 'odometer is an object with , not a number'],
  [{ ign: 1 }, 'unexpected-shape', 'ign is 1, neither true nor false'],
])('a location with %o is refused', (fields, reason, detail) => {
  expect(location(fields)).toEqual(refused(reason, detail));
});

test.each([
  ['{}', 'unexpected-shape', 'a message without a "_type": an object with '],
  ['7', 'unexpected-shape', 'a message without a "_type": 7'],
  ['[[]]', 'unexpected-shape', 'a message without a "_type": a list of 0'],
  ['{"_type":1}', 'unexpected-shape', 'a message without a "_type": an object with _type'],
  ['', 'not-json', 'the payload is not JSON: ""'],
])('%s is refused', (payload, reason, detail) => {
  expect(decode(payload)).toEqual(refused(reason, detail));
});

test('the type decides and not where the topic ends; the device is the third level', () => {
  const message = { _type: 'location', ...PLACE, tst: MARCH_S };
  expect(decodeOwnTracks(packetOn(`${TOPIC}/event`, message))).toEqual(reading(FIX));
  expect(decodeOwnTracks(packetOn(TOPIC, { _type: 'location', ...PLACE, tst: MARCH_S }))).toEqual(
    reading(FIX),
  );
});

test('without a topic the one in the message counts, as devices post it over HTTP', () => {
  const message = { _type: 'location', topic: TOPIC, ...PLACE, tst: MARCH_S };
  expect(decodeOwnTracks(packetOn('', message))).toEqual(reading(FIX));
  expect(decodeOwnTracks(packetOn('', { ...message, topic: 7 }))).toEqual(
    refused('unknown-topic', '"" is not owntracks/<user>/<device>'),
  );
});

test.each([
  ['owntracks//phone', '"/phone" names no device'],
  ['owntracks/ada/', '"ada/" names no device'],
  ['owntracks/ada/+', '"ada/+" names no device'],
])('%s names no device', (topic, detail) => {
  expect(decodeOwnTracks(packetOn(topic, { _type: 'lwt' }))).toEqual(refused('bad-device-id', detail));
});

test.each(['owntracks', 'owntracks/', 'owntracks/ada', 'x/owntracks/ada/phone'])(
  'the topic "%s" is not laid out as the feed\'s',
  (topic) => expect(isOwnTracksTopic(topic)).toBe(false),
);

const GOOD = bytesOf(
  JSON.stringify([
    {
      _type: 'location',
      ...PLACE,
      tst: MARCH_S,
      odometer: 15_321.7,
      t: 'I',
      uext: 12.6,
      vin: 'VF1AAAAA000000001',
    },
    { _type: 'transition', ...PLACE, tst: MARCH_S },
    { _type: 'lwt', tst: MARCH_S },
  ]),
);

test('a good message with a byte changed, cut or doubled is read or refused with a reason', () => {
  const at = fc.nat({ max: GOOD.length - 1 });
  fc.assert(
    fc.property(at, fc.nat({ max: 255 }), at, (changedAt, byte, cutAt) => {
      const changed = GOOD.with(changedAt, byte);
      for (const payload of [changed, GOOD.slice(0, cutAt), Uint8Array.of(...changed, ...changed)]) {
        const decoded = decode(payload);
        expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
      }
    }),
  );
});

test('any JSON is read or refused with a reason', () => {
  const types = fc.constantFrom('location', 'transition', 'lwt', 'cmd', 'encrypted', 'x');
  const names = fc.constantFrom('lat', 'lon', 'tst', 'odometer', 't', 'ign', 'batt', 'vel', 'vin');
  const messages = fc
    .tuple(types, fc.dictionary(names, fc.jsonValue()))
    .map(([_type, fields]) => ({ ...PLACE, tst: MARCH_S, ...fields, _type }));
  fc.assert(
    fc.property(fc.oneof(messages, fc.array(messages), fc.jsonValue()), (message) => {
      const decoded = decode(JSON.stringify(message));
      expect(decoded.ok ? decoded.value.device : decoded.error.detail).not.toBe('');
    }),
  );
});
