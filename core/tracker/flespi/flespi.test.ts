import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSoundOutcomes } from '../../../tests/support/damaged-packets.ts';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeFlespi, isFlespiTopic } from './flespi.ts';

const IDENT = '356000000000042';
const TOPIC = `flespi/message/gw/channels/77/${IDENT}`;
const STATE = 'flespi/state/gw/devices/7';
const NINE_S = Date.UTC(2026, 2, 2, 9) / 1000;

type Outcome = ReturnType<typeof decodeFlespi>;

/** One message; its keys are JSON text, so that numbers keep their spelling. */
function message(keys: string): Outcome {
  return decodeFlespi(packetOn(TOPIC, messageText(keys)));
}

function messageText(keys: string, seconds: number | string = NINE_S): string {
  return `{"ident":"${IDENT}","timestamp":${seconds},${keys}}`;
}

function readings(...values: readonly object[]): object {
  const all = values.map((value) => ({ device: IDENT, observedAtMs: NINE_S * 1000, ...value }));
  return { ok: true, value: { provider: 'flespi', kind: 'readings', device: IDENT, readings: all } };
}

/** What the gateway says of its device number 7. */
function numbered(kind: 'readings' | 'status', list: readonly object[], more: object = {}): object {
  return {
    ok: true,
    value: { provider: 'flespi', kind, device: '7', scope: 'gw/devices', readings: list, ...more },
  };
}

function kilometres(rawText: string, micrometres: number, origin = 'vehicle'): object {
  return { odometer: { micrometres, rawText, rawUnit: 'km', origin } };
}

function refusal(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

test.each([
  [TOPIC, true],
  ['flespi/message/gw/devices/7', true],
  [`${STATE}/telemetry/vehicle.mileage`, true],
  [`${STATE}/connected`, true],
  [`${TOPIC}/x`, false],
  ['flespi/message/gw/channels/77', false],
  ['flespi/message/gw/devices/7/x', false],
  [`${STATE}/telemetry`, false],
  [`${STATE}/telemetry/a/b`, false],
  [`${STATE}/settings/x`, false],
  ['flespi/log/gw/devices/7', false],
  [`x/${TOPIC}`, false],
])('is %s a topic of this feed: %s', (topic, isOne) => {
  expect(isFlespiTopic(topic)).toBe(isOne);
});

test('a mileage is kilometres, to the last digit', () => {
  expect(message('"vehicle.mileage":20417.60')).toEqual(readings(kilometres('20417.60', 20_417_600_000_000)));
  expect(message('"vehicle.mileage":"20417.6"')).toEqual(readings(kilometres('20417.6', 20_417_600_000_000)));
});

test('mileages that somebody else counted are readings of their own, and the CAN one comes first', () => {
  const keys =
    '"position.speed":5,"gps.vehicle.mileage":9,"gnss.vehicle.mileage":1,"vehicle.mileage":2,"can.vehicle.mileage":3,"segment.vehicle.mileage":4';
  expect(message(keys)).toEqual(
    readings(
      { speedKmh: 5, ...kilometres('3', 3_000_000_000, 'can') },
      kilometres('2', 2_000_000_000),
      kilometres('1', 1_000_000_000, 'tracker'),
    ),
  );
});

test('only true is an event', () => {
  expect(
    message('"shock.event.trigger":false,"towing.event.trigger":"true","alarm.event.trigger":1'),
  ).toEqual(readings({}));
  expect(message('"harsh.braking.event.trigger":true,"gsm.jamming.event.trigger":true')).toEqual(
    readings({ event: 'jamming' }),
  );
});

const PLACE = '"position.latitude":51.75,"position.longitude":-0.25';
const COORDINATES = { latitudeDegrees: 51.75, longitudeDegrees: -0.25 };

test.each([
  [PLACE, COORDINATES],
  [`${PLACE},"position.valid":true`, { ...COORDINATES, hasGnssFix: true }],
  [`${PLACE},"position.valid":null`, COORDINATES],
  [`${PLACE},"position.valid":false`, { hasGnssFix: false }],
  [`${PLACE},"position.satellites":0`, { hasGnssFix: false, satellites: 0 }],
  [`${PLACE},"position.valid":true,"position.hdop":0`, { hasGnssFix: false, hdop: 0 }],
  ['"position.latitude":0,"position.longitude":0', { hasGnssFix: false }],
  ['"position.latitude":51.75', {}],
  ['"position":{"latitude":51.75,"longitude":-0.25,"valid":true}', { ...COORDINATES, hasGnssFix: true }],
  [`${PLACE},"position":{"latitude":1,"longitude":1,"valid":false}`, COORDINATES],
  ['"position":5', {}],
])('the position of {%s}', (keys, values) => {
  expect(message(keys)).toEqual(readings(values));
});

test('a list is read oldest first, and each message is believed or not by its own clock', () => {
  const list = [
    messageText('"vehicle.mileage":3.0', NINE_S + 60),
    messageText('"movement.status":true', 946_684_860),
    messageText('"vehicle.mileage":2.00', `${NINE_S}.0004`),
  ];
  expect(decodeFlespi(packetOn('', `[ ${list.join(' , ')} ]`))).toEqual(
    readings(
      { observedAtMs: 946_684_860_000, isMoving: true, isClockSuspect: true },
      kilometres('2.00', 2_000_000_000),
      { observedAtMs: (NINE_S + 60) * 1000, ...kilometres('3.0', 3_000_000_000) },
    ),
  );
});

test("a packet about two devices is refused, and so is one on another device's topic", () => {
  const other = messageText('"din":1').replace(IDENT, 'van:seven');
  expect(decodeFlespi(packetOn('', `[${messageText('"din":1')},${other}]`))).toEqual(
    refusal('bad-device-id', `a message is about "van:seven", the packet about "${IDENT}"`),
  );
  expect(decodeFlespi(packetOn(TOPIC, other))).toEqual(
    refusal('bad-device-id', `a message is about "van:seven", the packet about "${IDENT}"`),
  );
});

test('the latest value of a parameter has the time inside it, or none', () => {
  const latest = (parameter: string, payload: string): Outcome =>
    decodeFlespi(packetOn(`${STATE}/telemetry/${parameter}`, payload));
  const mileage = kilometres('20417.60', 20_417_600_000_000);
  expect(latest('vehicle.mileage', `{"value":20417.60,"ts":${NINE_S}.5}`)).toEqual(
    numbered('readings', [{ device: '7', observedAtMs: NINE_S * 1000 + 500, ...mileage }]),
  );
  expect(latest('vehicle.mileage', '20417.60')).toEqual(
    numbered('readings', [{ device: '7', observedAtMs: null, ...mileage }]),
  );
  expect(latest('position', '{"latitude":51.75,"longitude":-0.25}')).toEqual(
    numbered('readings', [{ device: '7', observedAtMs: null, ...COORDINATES }]),
  );
  expect(latest('gsm.signal.level', '{"value":4,"ts":5}')).toEqual(numbered('readings', []));
  expect(latest('vehicle.mileage', `{"value":5,"ts":5}`)).toEqual(
    numbered('readings', [
      { device: '7', observedAtMs: 5_000, isClockSuspect: true, ...kilometres('5', 5_000_000_000) },
    ]),
  );
});

test('the connection came up, or went down', () => {
  expect(decodeFlespi(packetOn(`${STATE}/connected`, 'true'))).toEqual(
    numbered('status', [], { isOnline: true }),
  );
  expect(decodeFlespi(packetOn(`${STATE}/connected`, 'false'))).toEqual(
    numbered('status', [], { isOnline: false }),
  );
});

test.each([
  [TOPIC, `{"ident":"${IDENT}"}`, 'unexpected-shape', 'the message has no time ("timestamp")'],
  [TOPIC, '{"timestamp":1}', 'bad-device-id', 'ident is absent, and names no device'],
  [TOPIC, '[7]', 'unexpected-shape', 'a message is 7, not an object'],
  [TOPIC, '7', 'unexpected-shape', 'the payload is 7, neither a message nor a list of them'],
  [TOPIC, messageText('"position.speed":900'), 'value-out-of-range', 'speed 900 is not within 0 to 500'],
  [
    TOPIC,
    messageText('"vehicle.mileage":-1'),
    'value-out-of-range',
    'odometer "-1" km is negative or over 9 million km',
  ],
  [
    'flespi/message/gw/channels/77/',
    messageText('"din":1'),
    'bad-device-id',
    '"" stands where the topic has the device, and names none',
  ],
  [`${STATE}/connected`, '1', 'unexpected-shape', 'the connection is 1, neither true nor false'],
  ['flespi', '1', 'unknown-topic', '"flespi" is no topic of the gateway'],
])('on %s the payload %s is refused', (topic, payload, reason, detail) => {
  expect(decodeFlespi(packetOn(topic, payload))).toEqual(refusal(reason, detail));
});

test('in whatever order a list comes, its readings are the same', () => {
  const seconds = fc.uniqueArray(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(seconds, (offsets) => {
      const listed = (order: readonly number[]): Outcome =>
        decodeFlespi(
          packetOn(
            TOPIC,
            `[${order.map((at) => messageText(`"vehicle.mileage":${at}.50`, NINE_S + at)).join(',')}]`,
          ),
        );
      expect(listed(offsets)).toEqual(listed(offsets.toSorted((a, b) => a - b)));
    }),
  );
});

test('any mileage of up to nine decimals is exact, in a list as well', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 999_999_999 }), (whole, billionths) => {
      const text = `${whole}.${String(billionths).padStart(9, '0')}`;
      const list = `[${messageText('"din":1')},${messageText(`"can.vehicle.mileage":${text}`)}]`;
      expect(decodeFlespi(packetOn(TOPIC, list))).toEqual(
        readings({}, kilometres(text, whole * 1_000_000_000 + billionths, 'can')),
      );
    }),
  );
});

test('whatever the bytes, there is an outcome that can be', () => {
  expectSoundOutcomes(
    decodeFlespi,
    [TOPIC, '', 'flespi/message/gw/devices/7', `${STATE}/telemetry/vehicle.mileage`, `${STATE}/connected`],
    [
      messageText(`${PLACE},"position.valid":true,"vehicle.mileage":20417.6,"can.vehicle.mileage":5`),
      `[${messageText('"vehicle.mileage":1.0')},${messageText('"gnss.vehicle.mileage":2', '1772442000.25')}]`,
      `{"value":20417.6,"ts":${NINE_S}}`,
    ],
  );
});
