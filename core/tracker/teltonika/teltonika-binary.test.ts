import { expect, test } from 'vitest';
import { packetOn } from '../../../tests/support/tracker-packet.ts';
import {
  bytesOfHex,
  replacedAt,
  teltonikaData,
  teltonikaDatagram,
  teltonikaFrame,
  teltonikaLogin,
} from '../../../tests/support/teltonika-frames.ts';
import { decodeTeltonika, isTeltonikaRawTopic } from './teltonika-binary.ts';

const IMEI = '356000000000001';
const TCP = `$tcp/teltonika/${IMEI}`;
const UDP = `$udp/teltonika/${IMEI}`;
const NEW_YEAR = Date.UTC(2026, 0, 1);
const SPRING = Date.UTC(2026, 2, 2, 9);

function refusedAs(reason: string, detail: string): object {
  return { ok: false, error: { reason, detail } };
}

function decodedAs(kind: string, rest: object, device = IMEI): object {
  return { ok: true, value: { provider: 'teltonika', kind, device, readings: [], ...rest } };
}

/** What the tracker of `FrameRecord`'s defaults says beside what a test is about. */
const PARKED = {
  device: IMEI,
  observedAtMs: SPRING,
  latitudeDegrees: 51.4779,
  longitudeDegrees: 0,
  altitudeMetres: 0,
  headingDegrees: 0,
  speedKmh: 0,
  satellites: 9,
  hasGnssFix: true,
};

function metres(count: number, origin = 'tracker'): object {
  return { micrometres: count * 1_000_000, rawText: String(count), rawUnit: 'm', origin };
}

const EXAMPLE_RECORD = {
  device: IMEI,
  observedAtMs: NEW_YEAR,
  latitudeDegrees: 51.5001234,
  longitudeDegrees: -1.2345678,
  altitudeMetres: 35,
  headingDegrees: 271,
  speedKmh: 48,
  satellites: 11,
  hasGnssFix: true,
  isIgnitionOn: true,
  externalVolts: 12.65,
  isMoving: true,
  trackerBatteryPercent: 87,
  tripOdometerMetres: 4321,
  odometer: metres(123_456_789),
};
const EXAMPLE_DATA =
  '08010000019B76DAA80001FF439EB21EB24B920023010F0B0030EF0603EF01F00171570142316A0210075BCD15C7000010E10001';

test('codec 8 over TCP: position, state, odometer and trip; the reply counts the records', () => {
  const payload = bytesOfHex(`0000000000000034${EXAMPLE_DATA}00004ED8`);
  expect(decodeTeltonika(packetOn(TCP, payload))).toEqual(
    decodedAs('readings', { readings: [EXAMPLE_RECORD], reply: Uint8Array.of(0, 0, 0, 1) }),
  );
});

test('codec 8 over UDP: the same record, from the device the datagram names; the reply names the datagram', () => {
  const payload = bytesOfHex(`0049CAFE0107000F333536303030303030303030303031${EXAMPLE_DATA}`);
  const decoded = decodedAs('readings', {
    readings: [EXAMPLE_RECORD],
    reply: Uint8Array.of(0, 5, 0xca, 0xfe, 1, 7, 1),
  });
  expect(decodeTeltonika(packetOn(UDP, payload))).toEqual(decoded);
  expect(decodeTeltonika(packetOn('', payload))).toEqual(decoded);
});

test('codec 8 Extended: no fix, unplugged, a VIN', () => {
  const payload = bytesOfHex(
    '000000000000004A8E010000019B76DB1D3000FF439A5B1EB24FE90024005A00000000FC0004000200EF0000FC010000' +
      '00010010075BDDF60000000101000011564631414141414135353530303030303101000092CE',
  );
  const reading = {
    device: IMEI,
    vin: 'VF1AAAAA555000001',
    observedAtMs: NEW_YEAR + 30_000,
    altitudeMetres: 36,
    headingDegrees: 90,
    speedKmh: 0,
    satellites: 0,
    hasGnssFix: false,
    isIgnitionOn: false,
    odometer: metres(123_461_110),
    event: 'unplugged',
  };
  expect(decodeTeltonika(packetOn(TCP, payload))).toEqual(
    decodedAs('readings', { readings: [reading], reply: Uint8Array.of(0, 0, 0, 1) }),
  );
});

test('codec 16: a crash in the south-east; tried by hand it has no device', () => {
  const payload = bytesOfHex(
    '000000000000002C10010000019B76DB9260000EE6B280EBE9C9C0000C000009005800F701020100F7010001001000001388000100009A02',
  );
  const reading = {
    device: '',
    observedAtMs: NEW_YEAR + 60_000,
    latitudeDegrees: -33.7,
    longitudeDegrees: 25,
    altitudeMetres: 12,
    headingDegrees: 0,
    speedKmh: 88,
    satellites: 9,
    hasGnssFix: true,
    event: 'crash',
    odometer: metres(5000),
  };
  expect(decodeTeltonika(packetOn('', payload))).toEqual(
    decodedAs('readings', { readings: [reading], reply: Uint8Array.of(0, 0, 0, 1) }, ''),
  );
});

test('records that stand newest first come out oldest first, and split odometers stay with their record', () => {
  const data = teltonikaData(
    0x08,
    { timeMs: SPRING + 2000, elements: [[16, 4, 1200]] },
    {
      timeMs: SPRING + 1000,
      elements: [
        [16, 4, 1100],
        [87, 4, 9100],
      ],
    },
    { timeMs: SPRING, elements: [[16, 4, 1000]] },
  );
  expect(decodeTeltonika(packetOn(TCP, teltonikaFrame(data)))).toEqual(
    decodedAs('readings', {
      readings: [
        { ...PARKED, odometer: metres(1000) },
        { ...PARKED, observedAtMs: SPRING + 1000, odometer: metres(1100) },
        { device: IMEI, observedAtMs: SPRING + 1000, odometer: metres(9100, 'vehicle') },
        { ...PARKED, observedAtMs: SPRING + 2000, odometer: metres(1200) },
      ],
      reply: Uint8Array.of(0, 0, 0, 3),
    }),
  );
});

test('a record of an unset clock is suspect; the others of its frame are not', () => {
  const data = teltonikaData(
    0x8e,
    { timeMs: SPRING, satellites: 0 },
    { timeMs: Date.UTC(2004, 0, 1, 0, 0, 1), satellites: 0, elements: [[16, 4, 1000]] },
  );
  const { latitudeDegrees, longitudeDegrees, ...blind } = PARKED;
  expect([latitudeDegrees, longitudeDegrees]).toEqual([51.4779, 0]);
  const unfixed = { ...blind, satellites: 0, hasGnssFix: false };
  expect(decodeTeltonika(packetOn(TCP, teltonikaFrame(data)))).toEqual(
    decodedAs('readings', {
      readings: [
        {
          ...unfixed,
          observedAtMs: Date.UTC(2004, 0, 1, 0, 0, 1),
          isClockSuspect: true,
          odometer: metres(1000),
        },
        { ...unfixed, observedAtMs: SPRING },
      ],
      reply: Uint8Array.of(0, 0, 0, 2),
    }),
  );
});

test('a frame of no records is answered with none', () => {
  const empty = decodedAs('readings', { reply: Uint8Array.of(0, 0, 0, 0) });
  expect(decodeTeltonika(packetOn(TCP, teltonikaFrame(teltonikaData(0x8e))))).toEqual(empty);
});

test('a login is accepted with 01, and must be about the device of its topic', () => {
  const accepted = decodedAs('login', { reply: Uint8Array.of(1) });
  expect(decodeTeltonika(packetOn('', teltonikaLogin(IMEI)))).toEqual(accepted);
  expect(decodeTeltonika(packetOn(TCP, teltonikaLogin(IMEI)))).toEqual(accepted);
  expect(decodeTeltonika(packetOn(TCP, teltonikaLogin('356000000000002')))).toEqual(
    refusedAs('bad-device-id', `the topic is about "${IMEI}", the packet about "356000000000002"`),
  );
});

test.each([
  [teltonikaLogin('35600000000000'), 'bad-device-id', 'an IMEI has 15 digits; the login announces 14'],
  [
    teltonikaLogin('35600000000000:'),
    'bad-device-id',
    'an IMEI has 15 digits; the login has "35600000000000:"',
  ],
  [teltonikaLogin(IMEI).subarray(0, 9), 'length-mismatch', 'a login has 17 bytes; this one has 9'],
  [Uint8Array.of(...teltonikaLogin(IMEI), 0), 'length-mismatch', 'a login has 17 bytes; this one has 18'],
])('the login %o is refused', (payload, reason, detail) => {
  expect(decodeTeltonika(packetOn('', payload))).toEqual(refusedAs(reason, detail));
});

test.each([
  [TCP, IMEI],
  [UDP, IMEI],
  ['', ''],
])('a lone FF on "%s" keeps the connection open and says nothing', (topic, device) => {
  expect(decodeTeltonika(packetOn(topic, Uint8Array.of(0xff)))).toEqual(decodedAs('ping', {}, device));
});

test.each([0x0c, 0x0d, 0x0e, 0x0f])(
  'codec %i carries commands, which are not counted in a reply',
  (codec) => {
    const data = Uint8Array.of(codec, 1, 6, 0, 0, 0, 2, 0x6f, 0x6b, 1);
    expect(decodeTeltonika(packetOn(TCP, teltonikaFrame(data)))).toEqual(decodedAs('command', {}));
    expect(decodeTeltonika(packetOn('', teltonikaDatagram(IMEI, data)))).toEqual(decodedAs('command', {}));
  },
);

const GOOD_DATA = teltonikaData(0x08, { timeMs: SPRING, elements: [[16, 4, 1000]] });
const GOOD_FRAME = teltonikaFrame(GOOD_DATA);

test.each<[string, Uint8Array, string, string]>([
  [
    'a byte too few',
    GOOD_FRAME.subarray(0, -1),
    'length-mismatch',
    'the frame announces 38 bytes of data and has 37',
  ],
  [
    'two frames in one packet',
    Uint8Array.of(...GOOD_FRAME, ...GOOD_FRAME),
    'length-mismatch',
    'the frame announces 38 bytes of data and has 88',
  ],
  ['no bytes', new Uint8Array(), 'length-mismatch', 'a frame has more than 12 bytes; this one has 0'],
  ['no data', new Uint8Array(12), 'length-mismatch', '0 bytes of data do not hold a codec and two counts'],
  [
    'a preamble that is not zero',
    replacedAt(GOOD_FRAME, 3, 1),
    'not-this-protocol',
    'neither a frame nor a login starts with 00000001',
  ],
  [
    'a web request',
    new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'),
    'not-this-protocol',
    'neither a frame nor a login starts with 47455420',
  ],
  [
    'codec 7',
    teltonikaFrame(replacedAt(GOOD_DATA, 0, 0x07)),
    'unsupported-codec',
    'codec 07 is none of 08, 8E, 10, 0C to 0F',
  ],
  [
    'another count at the end',
    teltonikaFrame(replacedAt(GOOD_DATA, -1, 2)),
    'count-mismatch',
    'the data counts 1 at first and 2 at last',
  ],
  [
    'one record too few',
    teltonikaFrame(replacedAt(replacedAt(GOOD_DATA, 1, 2), -1, 2)),
    'count-mismatch',
    'record 2 of 2 runs over the end of the data',
  ],
  [
    'one record too many',
    teltonikaFrame(replacedAt(replacedAt(GOOD_DATA, 1, 0), -1, 0)),
    'count-mismatch',
    '35 bytes are left after the 0 records',
  ],
  [
    'a sixteen-byte group more than the codec has',
    teltonikaFrame(Uint8Array.of(...GOOD_DATA.subarray(0, -1), 0, 1)),
    'count-mismatch',
    '1 bytes are left after the 1 records',
  ],
  [
    'an element that is announced and missing',
    teltonikaFrame(teltonikaData(0x8e, { timeMs: SPRING, announced: 2, elements: [[16, 4, 1]] })),
    'count-mismatch',
    'record 1 announces 2 IO elements and has 1',
  ],
  [
    'a text longer than the data',
    teltonikaFrame(replacedAt(teltonikaData(0x8e, { timeMs: SPRING, texts: [[256, 'VF1']] }), -5, 0x7f)),
    'count-mismatch',
    'record 1 of 1 runs over the end of the data',
  ],
  [
    'another checksum',
    replacedAt(GOOD_FRAME, -1, 0),
    'crc-mismatch',
    'the frame says 00002200; its data has 000022F3',
  ],
  [
    "a bit in the checksum's upper half",
    replacedAt(GOOD_FRAME, -4, 1),
    'crc-mismatch',
    'the frame says 010022F3; its data has 000022F3',
  ],
])('%s is refused', (_, payload, reason, detail) => {
  expect(decodeTeltonika(packetOn(TCP, payload))).toEqual(refusedAs(reason, detail));
});

const GOOD_DATAGRAM = teltonikaDatagram(IMEI, GOOD_DATA);

test.each<[string, string, Uint8Array, string, string]>([
  [
    'of another device',
    UDP,
    teltonikaDatagram('356000000000002', GOOD_DATA),
    'bad-device-id',
    `the topic is about "${IMEI}", the packet about "356000000000002"`,
  ],
  [
    'with fourteen digits',
    UDP,
    teltonikaDatagram('35600000000000', GOOD_DATA),
    'bad-device-id',
    'an IMEI has 15 digits; the datagram has "35600000000000\\b\\u0001\\u0000"',
  ],
  [
    'with a letter',
    UDP,
    teltonikaDatagram('35600000000000X', GOOD_DATA.subarray(0, 2)),
    'bad-device-id',
    'an IMEI has 15 digits; the datagram has "35600000000000X\\b\\u0001"',
  ],
  [
    'a byte short',
    UDP,
    GOOD_DATAGRAM.subarray(0, -1),
    'length-mismatch',
    'the datagram announces 59 bytes after its length and has 58',
  ],
  [
    'without data',
    UDP,
    teltonikaDatagram(IMEI, new Uint8Array()),
    'length-mismatch',
    '0 bytes of data do not hold a codec and two counts',
  ],
  [
    'with another mark',
    UDP,
    replacedAt(GOOD_DATAGRAM, 4, 2),
    'not-this-protocol',
    'no datagram starts with 003BCAFE02',
  ],
  ['that is a frame', UDP, GOOD_FRAME, 'not-this-protocol', 'no datagram starts with 0000000000'],
  [
    'with two counts',
    '',
    replacedAt(GOOD_DATAGRAM, -1, 2),
    'count-mismatch',
    'the data counts 1 at first and 2 at last',
  ],
])('a datagram %s is refused', (_, topic, payload, reason, detail) => {
  expect(decodeTeltonika(packetOn(topic, payload))).toEqual(refusedAs(reason, detail));
});

test.each([
  ['$tcp/teltonika/35600000000000', 'bad-device-id', 'an IMEI has 15 digits; the topic has "35600000000000"'],
  ['$udp/teltonika/', 'bad-device-id', 'an IMEI has 15 digits; the topic has ""'],
  [`$tcp/teltonika/${IMEI}/data`, 'bad-device-id', `an IMEI has 15 digits; the topic has "${IMEI}/data"`],
  [
    `$tcp/queclink/${IMEI}`,
    'unknown-topic',
    `"$tcp/queclink/${IMEI}" is not $tcp/teltonika/<IMEI> or $udp/teltonika/<IMEI>`,
  ],
])('the topic %s is refused', (topic, reason, detail) => {
  expect(decodeTeltonika(packetOn(topic, GOOD_FRAME))).toEqual(refusedAs(reason, detail));
});

test.each([
  [TCP, true],
  [UDP, true],
  ['$tcp/teltonika/', true],
  [`teltonika/${IMEI}/data`, false],
  [`$tcp/queclink/${IMEI}`, false],
  ['', false],
])('the topic "%s" is a raw one of this feed: %s', (topic, isOne) => {
  expect(isTeltonikaRawTopic(topic)).toBe(isOne);
});

test('tried by hand, the context says how the bytes came', () => {
  const login = teltonikaLogin(IMEI);
  const overUdp = decodeTeltonika({ topic: '', payload: login, context: { transport: 'udp' } });
  expect(overUdp).toEqual(refusedAs('not-this-protocol', 'no datagram starts with 000F333536'));
  const overTcp = decodeTeltonika({ topic: '', payload: GOOD_DATAGRAM, context: { transport: 'tcp' } });
  expect(overTcp).toEqual(refusedAs('bad-device-id', 'an IMEI has 15 digits; the login announces 59'));
});
