import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FrameRecord, teltonikaData, teltonikaFrame } from '../../../tests/support/teltonika-frames.ts';
import type { PacketContext } from '../decoded-packet.ts';
import { decodeTeltonika } from './teltonika-binary.ts';

const IMEI = '356000000000001';
const TCP = `$tcp/teltonika/${IMEI}`;
const SPRING = Date.UTC(2026, 2, 2, 9);

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

function readingsOf(record: Partial<FrameRecord>, context?: PacketContext): unknown {
  return outcomeOf(teltonikaData(0x8e, { timeMs: SPRING, ...record }), context);
}

function outcomeOf(data: Uint8Array, context?: PacketContext): unknown {
  const payload = teltonikaFrame(data);
  const outcome = decodeTeltonika({ topic: TCP, payload, ...(context === undefined ? {} : { context }) });
  return outcome.ok ? outcome.value.readings : outcome.error;
}

const BLIND: object = {
  device: IMEI,
  observedAtMs: SPRING,
  altitudeMetres: 0,
  headingDegrees: 0,
  speedKmh: 0,
  satellites: 9,
  hasGnssFix: false,
};

test.each<[string, Partial<FrameRecord>, object]>([
  ['no satellites: the last known place', { satellites: 0 }, { ...BLIND, satellites: 0 }],
  ['the receiver is off', { elements: [[69, 1, 0]] }, BLIND],
  ['the receiver has no fix', { elements: [[69, 1, 2]] }, BLIND],
  ['the receiver sleeps', { elements: [[69, 1, 3]] }, BLIND],
  ['asleep but measuring speed', { speed: 9, elements: [[69, 1, 3]] }, { ...PARKED, speedKmh: 9 }],
  ['a fix', { elements: [[69, 1, 1]] }, PARKED],
  ['driving time, where it is two bytes wide', { elements: [[69, 2, 0]] }, PARKED],
  ['0/0 is no place', { latitude: 0 }, BLIND],
  ['private mode withholds the place', { elements: [[391, 1, 1]] }, { ...BLIND, hasGnssFix: true }],
  ['private mode over', { elements: [[391, 1, 0]] }, PARKED],
  ['below the sea', { altitude: -6 }, { ...PARKED, altitudeMetres: -6 }],
  ['hdop in tenths', { elements: [[182, 2, 7]] }, { ...PARKED, hdop: 0.7 }],
  [
    'the far corner of the map',
    { latitude: -90, longitude: -180 },
    { ...PARKED, latitudeDegrees: -90, longitudeDegrees: -180 },
  ],
  [
    'the speed of the record goes before others',
    {
      speed: 48,
      elements: [
        [24, 2, 51],
        [37, 1, 50],
      ],
    },
    { ...PARKED, speedKmh: 48 },
  ],
  ['level of the traction battery', { elements: [[152, 1, 64]] }, { ...PARKED, batteryPercent: 64 }],
  [
    "level and charging by the maker's own codes",
    {
      elements: [
        [411, 1, 63],
        [410, 1, 1],
      ],
    },
    { ...PARKED, batteryPercent: 63, isCharging: true },
  ],
  ['range in kilometres', { elements: [[755, 2, 212]] }, { ...PARKED, rangeMetres: 212_000 }],
  ['range, the other id', { elements: [[866, 4, 213]] }, { ...PARKED, rangeMetres: 213_000 }],
  [
    'supply and ignition off',
    {
      elements: [
        [66, 2, 0],
        [239, 1, 0],
      ],
    },
    { ...PARKED, externalVolts: 0, isIgnitionOn: false },
  ],
  [
    'elements nobody reads',
    {
      elements: [
        [21, 1, 4],
        [200, 1, 0],
        [67, 2, 4011],
        [11, 8, 89_314_400_077_013n],
        [10_800, 2, 64_349],
      ],
    },
    PARKED,
  ],
  [
    'a width of another family',
    {
      elements: [
        [16, 8, 5n],
        [113, 2, 29_525],
        [105, 8, 6_362_550_814_091_260_979n],
      ],
    },
    PARKED,
  ],
  [
    'the dashboard in kilometres',
    { elements: [[389, 4, 98_765]] },
    {
      ...PARKED,
      odometer: { micrometres: 98_765_000_000_000, rawText: '98765', rawUnit: 'km', origin: 'vehicle' },
    },
  ],
])('%s', (_, record, reading) => {
  expect(readingsOf(record)).toEqual([reading]);
});

test.each<[number, number, number, string | null]>([
  [247, 1, 247, 'crash'],
  [247, 6, 247, 'crash'],
  [247, 4, 247, null],
  [252, 1, 252, 'unplugged'],
  [252, 0, 252, null],
  [246, 1, 0, 'tow'],
  [249, 1, 249, 'jamming'],
  [249, 0, 249, null],
  [253, 1, 253, 'harsh-acceleration'],
  [253, 2, 253, 'harsh-braking'],
  [253, 3, 253, 'harsh-cornering'],
  [250, 1, 250, 'trip-start'],
  [250, 0, 250, 'trip-stop'],
  [250, 2, 250, 'trip-business'],
  [250, 3, 250, 'trip-private'],
  [250, 1, 0, null],
])('IO %i with value %i in a record caused by %i is the event %s', (id, value, cause, event) => {
  const expected = event === null ? PARKED : { ...PARKED, event };
  expect(readingsOf({ cause, elements: [[id, 1, value]] })).toEqual([expected]);
});

test('a tracker for heavy vehicles means other things by the same ids', () => {
  const record: Partial<FrameRecord> = {
    elements: [
      [69, 1, 2],
      [113, 1, 87],
      [252, 1, 1],
      [81, 1, 1],
      [16, 4, 1000],
      [36, 4, 4000],
      [87, 4, 55],
      [192, 4, 2000],
      [216, 4, 3000],
    ],
  };
  expect(readingsOf(record, { model: 'FMC650' })).toEqual([
    { ...PARKED, odometer: metres(3000) },
    { device: IMEI, observedAtMs: SPRING, odometer: metres(2000, 'vehicle') },
    { device: IMEI, observedAtMs: SPRING, odometer: metres(1000, 'can') },
  ]);
  expect(readingsOf({ elements: [[36, 4, 4000]] }, { model: 'FMB640' })).toEqual([
    { ...PARKED, odometer: metres(4000, 'vehicle') },
  ]);
});

test("a scooter's own count is 356, which other families do not read", () => {
  const record: Partial<FrameRecord> = {
    elements: [
      [16, 4, 1000],
      [356, 4, 900],
    ],
  };
  expect(readingsOf(record, { model: 'TFT100' })).toEqual([
    { ...PARKED, odometer: metres(1000) },
    { device: IMEI, observedAtMs: SPRING, odometer: metres(900, 'vehicle') },
  ]);
  expect(readingsOf(record, { model: 'FMB920' })).toEqual([{ ...PARKED, odometer: metres(1000) }]);
});

/** `text` as the eight bytes of a number, its first character highest. */
function eightBytes(text: string): bigint {
  return Array.from(text.padEnd(8, '\0')).reduce(
    (number, character) => number * 256n + BigInt(character.charCodeAt(0)),
    0n,
  );
}

test.each<[string, Partial<FrameRecord>, string | null]>([
  ['read by OBD', { texts: [[256, 'VF1AAAAA555000001']] }, 'VF1AAAAA555000001'],
  ['of the CAN adapter', { texts: [[325, 'VF1AAAAA555000002']] }, 'VF1AAAAA555000002'],
  [
    'in parts of eight bytes',
    {
      elements: [
        [325, 8, eightBytes('VF1AAAAA')],
        [325, 8, eightBytes('55500000')],
        [325, 8, eightBytes('3')],
      ],
    },
    'VF1AAAAA555000003',
  ],
  ['blank', { texts: [[256, '\0'.repeat(17)]] }, null],
  ['of sixteen characters', { texts: [[256, 'VF1AAAAA55500000']] }, null],
  ['with an O', { texts: [[256, 'VF1AAAAA55500000O']] }, null],
  ['of no length', { texts: [[256, '']] }, null],
])('a VIN %s', (_, record, vin) => {
  expect(readingsOf(record)).toEqual([vin === null ? PARKED : { ...PARKED, vin }]);
});

test.each<[string, Partial<FrameRecord>, string]>([
  ['latitude 91', { latitude: 91 }, 'latitude 91 is not within -90 to 90'],
  ['longitude 181', { longitude: 181 }, 'longitude 181 is not within -180 to 180'],
  ['heading 361', { angle: 361 }, 'heading 361 is not within 0 to 360'],
  ['speed 501', { speed: 501 }, 'speed 501 is not within 0 to 500'],
  ['ignition 2', { elements: [[239, 1, 2]] }, 'on/off 2 is not within 0 to 1'],
  ['battery 101', { elements: [[113, 1, 101]] }, 'battery level 101 is not within 0 to 100'],
  [
    'a time after the year 9999',
    { timeMs: 253_402_300_800_000 },
    'ts 253402300800000 is not within 0 to 253402214400000',
  ],
])('%s refuses the whole frame, and is answered so that it does not come for ever', (_, record, detail) => {
  const good = { timeMs: SPRING };
  const data = teltonikaData(0x8e, good, { ...good, ...record }, good);
  const reply = Uint8Array.of(0, 0, 0, 3);
  expect(outcomeOf(data)).toEqual({ reason: 'value-out-of-range', detail, reply });
});

test('any odometer a device can count is exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4_294_967_295 }), (count) => {
      expect(readingsOf({ elements: [[16, 4, count]] })).toEqual([{ ...PARKED, odometer: metres(count) }]);
    }),
  );
});
