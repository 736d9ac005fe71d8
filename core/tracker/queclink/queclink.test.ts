import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { damaged, expectSoundOutcomes } from '../../../tests/support/damaged-packets.ts';
import { bytesOf, packetOn } from '../../../tests/support/tracker-packet.ts';
import { decodeQueclink, isQueclinkTopic } from './queclink.ts';

const DEVICE = '863910000000017';
const TCP = `$tcp/queclink/${DEVICE}`;
const UDP = `$udp/queclink/${DEVICE}`;

const CELL = '0234,0030,0B2C,00D3E4,00';
const BLOCK = `1,52.5,118,41.0,-2.244644,53.483959,20260302091500,${CELL}`;
const OLD_BLOCK = `0,0.0,118,41.0,-2.250000,53.480000,20260302081500,${CELL}`;
const END = '20260302091502,01F4';

const REPORT = `+RESP:GTFRI,060502,${DEVICE},,12480,10,1,${BLOCK},48211.7,00123:45:06,,,87,220100,,,,${END}$`;
const TWO_BLOCKS = `+BUFF:GTFRI,060502,${DEVICE},van,,10,2,${OLD_BLOCK},${BLOCK},48211.7,${END}$`;
const IGNITION = `+BUFF:GTIGF,060502,${DEVICE},,1800,${OLD_BLOCK},00123:50:06,48212.3,${END}$`;
const CAN = `+RESP:GTCAN,310701,${DEVICE},,00,1,C0000006,2,H482105,${BLOCK},${END}$`;
const EXTENDED = `+RESP:GTERI,4F1206,${DEVICE},,00000004,12935,10,1,${BLOCK},48211.7,,,,100,110000,,0,00000005,WVWZZZE1ZMP000017,H482105,${END}$`;
const OBD = `+RESP:GTOBD,360201,${DEVICE},,0,79FFFF,WVWZZZE1ZMP000017,1,14283,983901C0,799,36,18,,0,0,0,0,,,38,,6,53557,${BLOCK},690.1,${END}$`;
const HEARTBEAT = `+ACK:GTHBD,060502,${DEVICE},,${END}$`;
const MESSAGES = [REPORT, TWO_BLOCKS, IGNITION, CAN, EXTENDED, OBD, HEARTBEAT];

describe('isQueclinkTopic', () => {
  test.each([
    [TCP, true],
    [UDP, true],
    ['$tcp/queclink/', true],
    ['', false],
    [`tcp/queclink/${DEVICE}`, false],
    [`$tcp/teltonika/${DEVICE}`, false],
  ])('%s: %s', (topic, isOne) => {
    expect(isQueclinkTopic(topic)).toBe(isOne);
  });
});

test('a report becomes a reading, and is answered by its count', () => {
  expect(decodeQueclink(packetOn(TCP, REPORT))).toEqual({
    ok: true,
    value: {
      provider: 'queclink',
      kind: 'readings',
      device: DEVICE,
      reply: bytesOf('+SACK:01F4$'),
      readings: [
        {
          device: DEVICE,
          observedAtMs: Date.UTC(2026, 2, 2, 9, 15, 0),
          latitudeDegrees: 53.483959,
          longitudeDegrees: -2.244644,
          altitudeMetres: 41,
          headingDegrees: 118,
          speedKmh: 52.5,
          hasGnssFix: true,
          hdop: 1,
          odometer: {
            micrometres: 48_211_700_000_000,
            rawText: '48211.7',
            rawUnit: 'km',
            origin: 'tracker',
          },
          externalVolts: 12.48,
          trackerBatteryPercent: 87,
          isIgnitionOn: true,
          isMoving: true,
        },
      ],
    },
  });
});

test('a heartbeat is answered with its protocol version and count', () => {
  expect(decodeQueclink(packetOn('', HEARTBEAT))).toEqual({
    ok: true,
    value: {
      provider: 'queclink',
      kind: 'ping',
      device: DEVICE,
      readings: [],
      reply: bytesOf('+SACK:GTHBD,060502,01F4$'),
    },
  });
});

/** Time, whether there is a position, and the odometer, of every reading. */
function gist(message: string): unknown {
  const decoded = decodeQueclink(packetOn(TCP, message));
  if (!decoded.ok) return decoded.error.reason;
  return decoded.value.readings.map(({ observedAtMs, latitudeDegrees, odometer }) => [
    new Date(observedAtMs ?? 0).toISOString().slice(11, 19),
    latitudeDegrees !== undefined,
    odometer === undefined ? null : `${odometer.micrometres / 1e6} ${odometer.origin}`,
  ]);
}

test.each([
  [
    'a block without a fix is of the send time, the mileage is with the last block',
    TWO_BLOCKS,
    [
      ['09:15:00', true, '48211700 tracker'],
      ['09:15:02', false, null],
    ],
  ],
  ['a report without a fix still has its mileage', IGNITION, [['09:15:02', false, '48212300 tracker']]],
  ['hectometres of the vehicle', CAN, [['09:15:00', true, '48210500 vehicle']]],
  ['impulses are no distance', CAN.replace('H4', 'I4'), [['09:15:00', true, null]]],
  [
    'the tracker and the vehicle count for themselves',
    EXTENDED,
    [
      ['09:15:00', true, '48211700 tracker'],
      ['09:15:00', false, '48210500 vehicle'],
    ],
  ],
  [
    'so they do on OBD',
    OBD,
    [
      ['09:15:00', true, '690100 tracker'],
      ['09:15:00', false, '53557000 vehicle'],
    ],
  ],
  ['a counter that is off says 0.0', REPORT.replace('48211.7', '0.0'), [['09:15:00', true, null]]],
  ['more blocks than announced', TWO_BLOCKS.replace('10,2,', '10,1,'), 'count-mismatch'],
  ['more CAN fields announced than there are', CAN.replace('C0000006', '003FFFFF'), 'count-mismatch'],
])('%s', (_, message, expected) => {
  expect(gist(message)).toEqual(expected);
});

test('the mileage behind any number of blocks, with any fields appended, is exact', () => {
  const appended = fc.constantFrom('', '00', '01,11', '02,7', '03,,9');
  const blocks = fc.array(fc.tuple(fc.constantFrom(BLOCK, OLD_BLOCK), appended), {
    minLength: 1,
    maxLength: 15,
  });
  fc.assert(
    fc.property(blocks, fc.integer({ min: 1, max: 42_949_670 }), (list, tenths) => {
      const mileage = `${Math.floor(tenths / 10)}.${tenths % 10}`;
      const text = list.map(([block, fields]) => block.slice(0, -2) + fields).join(',');
      const message = `+RESP:GTFRI,060502,${DEVICE},,,10,${list.length},${text},${mileage},${END}$`;
      const decoded = decodeQueclink(packetOn(TCP, message));
      const readings = decoded.ok ? decoded.value.readings : [];
      const odometers = readings.flatMap(({ odometer }) => odometer ?? []);
      expect(readings).toHaveLength(list.length);
      expect(odometers).toEqual([
        { micrometres: tenths * 100_000_000, rawText: mileage, rawUnit: 'km', origin: 'tracker' },
      ]);
    }),
  );
});

test('a cut message is refused wherever it was cut, until only the $ is missing', () => {
  for (const message of MESSAGES) {
    const refused = Array.from({ length: message.length }, (_, end) => end).filter(
      (end) => !decodeQueclink(packetOn(TCP, message.slice(0, end))).ok,
    );
    expect(refused).toEqual(Array.from({ length: message.length - 1 }, (_, end) => end));
    expect(decodeQueclink(packetOn(TCP, message.slice(0, -1)))).toEqual(
      decodeQueclink(packetOn(TCP, message)),
    );
  }
});

test('whatever the bytes, there is an outcome, and what it says can be', () => {
  expectSoundOutcomes(decodeQueclink, [TCP, UDP, ''], MESSAGES);
});

test('a damaged message is never of another device than the topic names', () => {
  fc.assert(
    fc.property(damaged(MESSAGES), (payload) => {
      const decoded = decodeQueclink({ topic: UDP, payload });
      const device = decoded.ok ? decoded.value.device : DEVICE;
      expect(device).toBe(DEVICE);
    }),
  );
});

test('a whole report that says the impossible is refused, and answered so that it does not come for ever', () => {
  const report =
    '+RESP:GTFRI,060502,863910000000017,,12480,10,1,1,52.5,118,41.0,-2.244644,95.000000,20260302091500,' +
    '0234,0030,0B2C,00D3E4,00,48211.7,00123:45:06,,,87,220100,,,,20260302091502,01F4$';
  expect(decodeQueclink({ topic: '', payload: bytesOf(report) })).toEqual({
    ok: false,
    error: {
      reason: 'value-out-of-range',
      detail: 'latitude 95 is not within -90 to 90',
      reply: bytesOf('+SACK:01F4$'),
    },
  });
});
