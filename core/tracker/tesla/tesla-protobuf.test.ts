import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/support/tracker-packet.ts';
import { refusalReasons } from '../refusal.ts';
import { decodeTeslaProtobuf } from './tesla-protobuf.ts';

const VIN = 'LRWYGCEK0NC000042';
const MARCH_S = 1_772_439_300;

/** A number in seven-bit pieces, the lowest first; negative ones as 64 bits. */
function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

const whole = (field: number, value: number | bigint): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Iterable<number>): number[] => {
  const list = [...value];
  return [...varint(field * 8 + 2), ...varint(list.length), ...list];
};
const text = (field: number, value: string): number[] => bytes(field, bytesOf(value));

function float(field: number, value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return [...varint(field * 8 + 5), ...new Uint8Array(view.buffer)];
}

function double(field: number, value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return [...varint(field * 8 + 1), ...new Uint8Array(view.buffer)];
}

const datum = (key: number, value: number[]): number[] => bytes(1, [...whole(1, key), ...bytes(2, value)]);
const vin = text(3, VIN);
const at = (seconds: number | bigint, nanos = 0): number[] =>
  bytes(2, [...whole(1, seconds), ...whole(2, nanos)]);

const decode = (...parts: number[][]): ReturnType<typeof decodeTeslaProtobuf> =>
  decodeTeslaProtobuf({ payload: Uint8Array.from(parts.flat()) });

function decodedAs(...readings: object[]): object {
  return { ok: true, value: { provider: 'tesla-fleet-telemetry', kind: 'readings', device: VIN, readings } };
}

const reading = (values: object): object =>
  decodedAs({ device: VIN, vin: VIN, observedAtMs: null, ...values });
const miles = (rawText: string, micrometres: number): object => ({
  odometer: { micrometres, rawText, rawUnit: 'mi', origin: 'vehicle' },
});

test('a record is one reading of all its fields, with its time and whether it was sent again', () => {
  const decoded = decode(
    datum(5, double(5, 48_213.907)),
    datum(4, float(4, 37.5)),
    datum(21, bytes(7, [...double(1, 53.4084), ...double(2, -2.9916)])),
    datum(10, whole(9, 5)),
    datum(8, text(1, '41.5')),
    datum(59, whole(6, 1)),
    datum(179, whole(32, 4)),
    at(MARCH_S, 250_999_999),
    vin,
    whole(4, 1),
  );
  expect(decoded).toEqual(
    decodedAs({
      device: VIN,
      vin: VIN,
      observedAtMs: MARCH_S * 1_000 + 250,
      isBuffered: true,
      ...miles('48213.907', 77_592_761_947_008),
      speedKmh: 60.3504,
      latitudeDegrees: 53.4084,
      longitudeDegrees: -2.9916,
      gear: 'D',
      batteryPercent: 41.5,
      isLocked: true,
      isCharging: true,
    }),
  );
});

test.each([
  ['a double', double(5, 48_213.907), '48213.907', 77_592_761_947_008],
  ['a float, by its shortest digits', float(4, 48_213.9), '48213.9', 77_592_750_681_600],
  ['a float of nine digits', float(4, 16_777.217), '16777.217', 27_000_313_515_648],
  ['a text, to the digit', text(1, '48213.910'), '48213.910', 77_592_766_775_040],
  ['a 32-bit number', whole(2, 50_000), '50000', 80_467_200_000_000],
  ['a 64-bit number', whole(3, 50_000), '50000', 80_467_200_000_000],
])('an odometer may be %s', (_kind, value, rawText, micrometres) => {
  expect(decode(vin, datum(5, value))).toEqual(reading(miles(rawText, micrometres)));
});

test.each([
  ['a reverse gear', 10, whole(9, 3), { gear: 'R' }],
  ['plugged in and full', 179, whole(32, 5), { isCharging: false }],
  ['a range', 32, float(4, 150), { rangeMetres: 241_402 }],
  ['a heading', 23, whole(2, 184), { headingDegrees: 184 }],
  ['a battery level', 42, double(5, 75.5), { batteryPercent: 75.5 }],
  ['no fix', 22, whole(6, 0), { hasGnssFix: false }],
  [
    'a place as text',
    21,
    text(1, '(53.4084 N, 2.9916 W)'),
    { latitudeDegrees: 53.4084, longitudeDegrees: -2.9916 },
  ],
  [
    'a place on the meridian, whose 0 is left out',
    21,
    bytes(7, double(1, 51.5)),
    { latitudeDegrees: 51.5, longitudeDegrees: 0 },
  ],
  ['no place at all', 21, bytes(7, []), { hasGnssFix: false }],
])('%s', (_about, key, value, values) => {
  expect(decode(vin, datum(key, value))).toEqual(reading(values));
});

test.each([
  ['an invalid value', datum(5, whole(10, 1))],
  ['a value that is not a number', datum(5, double(5, Number.NaN))],
  ['a gear that is none', datum(10, whole(9, 6))],
  ['a gear of next year', datum(10, whole(9, 7))],
  ['a charge state that is none', datum(179, whole(32, 0))],
  ['a kind of value we do not use', datum(5, bytes(31, whole(1, 7)))],
  ['a field we do not use', datum(258, double(5, 12.5))],
  ['a field without a value', bytes(1, whole(1, 5))],
  ['a value without a field', bytes(1, bytes(2, double(5, 1)))],
  [
    'a member of next year, of every layout',
    [whole(19, 1), double(20, 1), text(21, 'x'), float(22, 1)].flat(),
  ],
])('%s gives no reading', (_about, part) => {
  expect(decode(vin, part)).toEqual(decodedAs());
});

test('of a value given twice the last one counts', () => {
  expect(decode(vin, datum(5, [...double(5, 1), ...text(1, '50000')]))).toEqual(
    reading(miles('50000', 80_467_200_000_000)),
  );
  expect(decode(vin, datum(5, [...text(1, '50000'), ...whole(10, 1)]))).toEqual(decodedAs());
});

test('a record from before 2010 is of a clock that was not set', () => {
  expect(decode(vin, datum(59, whole(6, 0)), at(9))).toEqual(
    reading({ observedAtMs: 9_000, isClockSuspect: true, isLocked: false }),
  );
  expect(decode(vin, datum(59, whole(6, 0)), at(-1))).toEqual(
    reading({ observedAtMs: -1_000, isClockSuspect: true, isLocked: false }),
  );
});

test.each([
  ['nothing', [], 'bad-device-id', 'the record\'s vin "" is none'],
  ['a VIN that is none', text(3, 'a b'), 'bad-device-id', 'the record\'s vin "a b" is none'],
  [
    'a length beyond the end',
    [...vin, 0x0a, 5, 1],
    'length-mismatch',
    'field 1 has 5 bytes, of which 1 are there',
  ],
  [
    'a double cut short',
    [...vin, ...bytes(1, bytes(2, [0x29, 1, 2]))],
    'length-mismatch',
    'field 5 has 8 bytes, of which 2 are there',
  ],
  [
    'a float cut short',
    [...vin, 0x95, 0x06, 1],
    'length-mismatch',
    'field 98 has 4 bytes, of which 1 are there',
  ],
  ['a number cut short', [...vin, 0x20, 0x80], 'length-mismatch', 'the bytes end within a number'],
  [
    'a length below 0',
    [...vin, 0x0a, ...varint(-5)],
    'length-mismatch',
    'field 1 has -5 bytes, of which 0 are there',
  ],
  [
    'a number of 70 bits',
    [...vin, 0x20, ...Array<number>(9).fill(0x80), 2],
    'not-this-protocol',
    'a number has more than 64 bits',
  ],
  ['a group', [...vin, 0x2b], 'not-this-protocol', 'field 5 has the wire type 3'],
  ['field 0', [...vin, 0x00, 0x00], 'not-this-protocol', 'no protobuf field has the number 0'],
  ['a VIN that is a number', whole(3, 7), 'unexpected-shape', 'field 3 has the wire type 0, not 2'],
  [
    'text that is none',
    [...vin, ...datum(8, bytes(1, [0xff]))],
    'unexpected-shape',
    'the text in field 1 is not UTF-8',
  ],
  [
    'an odometer below 0',
    [...vin, ...datum(5, whole(2, -1))],
    'value-out-of-range',
    'odometer "-1" mi is negative or over 9 million km',
  ],
  [
    'an endless speed',
    [...vin, ...datum(4, float(4, Infinity))],
    'unexpected-shape',
    'speed in mph is "Infinity", neither a number nor a number as text',
  ],
  [
    'a time after 9999',
    [...vin, ...at(253_402_300_800)],
    'value-out-of-range',
    "the record's time in seconds 253402300800 is not within -62135596800 to 253402300799",
  ],
  [
    'a second of too many parts',
    [...vin, ...at(MARCH_S, 1_000_000_000)],
    'value-out-of-range',
    "the record's nanoseconds 1000000000 is not within 0 to 999999999",
  ],
])('%s is refused', (_about, part, reason, detail) => {
  expect(decode(part)).toEqual({ ok: false, error: { reason, detail } });
});

test('any whole number of 64 bits is read as it is', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 5_000_000n }), fc.boolean(), (value, isLong) => {
      const decoded = decode(vin, datum(5, whole(isLong ? 3 : 2, value)));
      expect(decoded).toEqual(reading(miles(String(value), Number(value) * 1_609_344_000)));
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: -1n }), (value) => {
      expect(decode(vin, datum(5, whole(3, value)))).toMatchObject({
        error: { reason: 'value-out-of-range' },
      });
    }),
  );
});

const GOOD = Uint8Array.from([
  ...datum(5, double(5, 48_213.907)),
  ...datum(21, bytes(7, [...double(1, 53.4084), ...double(2, -2.9916)])),
  ...datum(8, text(1, '41.5')),
  ...at(MARCH_S, 250_000_000),
  ...vin,
]);

test('a record cut anywhere is refused: its last field is the vehicle', () => {
  for (let length = 0; length < GOOD.length; length += 1) {
    expect(decodeTeslaProtobuf({ payload: GOOD.slice(0, length) }).ok).toBe(false);
  }
});

test('any bytes, and a record with bits turned or spliced, are read or refused, never thrown at', () => {
  const place = fc.nat({ max: GOOD.length - 1 });
  const mutated = fc.tuple(place, fc.nat({ max: 255 }), place, place).map(([where, byte, from, to]) => {
    const changed = GOOD.with(where, byte);
    return Uint8Array.from([...changed.slice(0, from), ...changed.slice(to)]);
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (payload) => {
      const decoded = decodeTeslaProtobuf({ payload });
      expect([null, ...refusalReasons]).toContain(decoded.ok ? null : decoded.error.reason);
    }),
    { numRuns: 1_000 },
  );
});
