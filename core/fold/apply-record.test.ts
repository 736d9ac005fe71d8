import fc from 'fast-check';
import v8 from 'node:v8';
import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, RENAULT, TELTONIKA, TESLA } from '../../tests/support/a-book.ts';
import {
  type Arrival,
  cockpit,
  fold,
  recordsOf,
  teltonika,
  teslaField,
  teslaOdometer,
} from '../../tests/support/fold-packets.ts';
import { must } from '../base/assert.ts';
import { sumOf } from '../protocol/report.ts';
import { countToday, countUp } from './count-up.ts';
import { describeRoster, describeVehicle } from './describe-vehicle.ts';
import { allDays } from './vehicle-days.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NINE_MS = BOOK_START_MS + 9 * HOUR_MS;
const outside = { acknowledged: 0, journal: { records: 0, bytes: 0 } };

const morning: Arrival[] = [
  { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1000.0') },
  { atMs: NINE_MS + 1, ...teslaField(TESLA.device, 'Location', { latitude: 57.7, longitude: 11.97 }) },
  { atMs: NINE_MS + 2, ...teslaField(TESLA.device, 'VehicleSpeed', 30) },
  { atMs: NINE_MS + MINUTE_MS, ...teslaOdometer(TESLA.device, '1000.5') },
  { atMs: NINE_MS + MINUTE_MS, ...teltonika(TELTONIKA.device, NINE_MS, 20_000_000) },
  { atMs: NINE_MS + 2 * MINUTE_MS, ...teltonika(TELTONIKA.device, NINE_MS + MINUTE_MS, 20_001_700) },
  { atMs: NINE_MS + 2 * MINUTE_MS, ...cockpit(RENAULT.device, '5001.50') },
];

test('one view of three makers: each drives, each is billed from its own odometer', () => {
  const world = fold(recordsOf(aBook(), morning));
  const billed = [TESLA, TELTONIKA, RENAULT].map(({ id }) => {
    const today = describeVehicle(world, id)?.today;
    return [id, today?.tenths, today?.pence];
  });
  expect(billed).toEqual([
    ['V-TESLA', 5, 15],
    ['V-TELTONIKA', 10, 30],
    ['V-RENAULT', 9, 27],
  ]);
  expect(countToday(world)).toEqual({ tenths: 24, pence: 72 });
  expect(countUp(world, outside)).toEqual({
    packets: { received: 7, decoded: 7, refused: {}, duplicate: 0, acknowledged: 0 },
    readings: { decoded: 5, accepted: 4, superseded: 0, jitter: 0, repeat: 1, quarantined: {}, unclaimed: 0 },
    journal: { records: 0, bytes: 0 },
    vehicles: 3,
    tenths: 24,
    pence: 72,
  });
});

test('the latest values carry both clocks, and the tracker that sent them', () => {
  const world = fold(recordsOf(aBook(), morning));
  expect(describeVehicle(world, TESLA.id)).toMatchObject({
    motion: 'moving',
    operator: 'North Cabs',
    contract: 'C1',
    lastHeardAtMs: NINE_MS + MINUTE_MS,
    lastObservedAtMs: null,
    position: { value: { latitudeDegrees: 57.7, longitudeDegrees: 11.97 }, observedAtMs: null },
    odometer: { value: { rawText: '1000.5', rawUnit: 'mi', origin: 'vehicle', tenths: 10_005, unit: 'mi' } },
  });
  expect(describeVehicle(world, TELTONIKA.id)).toMatchObject({
    lastHeardAtMs: NINE_MS + 2 * MINUTE_MS,
    lastObservedAtMs: NINE_MS + MINUTE_MS,
    odometer: { value: { rawText: '20001700', rawUnit: 'm', origin: 'tracker' } },
  });
});

test('a device in no book is drawn and kept, and not billed', () => {
  const world = fold(
    recordsOf(aBook([TESLA]), [{ atMs: NINE_MS, ...teltonika('356000000000027', NINE_MS, 5_000) }]),
  );
  expect(describeRoster(world)[1]).toMatchObject({
    registration: '356000000000027',
    isClaimed: false,
    operator: null,
  });
  expect(countUp(world, outside)).toMatchObject({
    readings: { decoded: 1, unclaimed: 1 },
    tenths: 0,
    pence: 0,
  });
});

test('bad input is counted under its reason and moves nobody else', () => {
  const bad: Arrival[] = [
    {
      atMs: NINE_MS,
      topic: 'telemetry/LRW3E7FA0TC000001/v/Odometer',
      payload: Buffer.from([0xff, 0x00, 0xfe]),
    },
    { atMs: NINE_MS, topic: 'weather/today', payload: '{}' },
    { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '400.0') },
    { atMs: NINE_MS, ...teltonika(TELTONIKA.device, NINE_MS + 6 * MINUTE_MS, 20_100_000) },
    { atMs: NINE_MS, ...teltonika(TELTONIKA.device, Date.UTC(2004, 0, 1), 20_000_010) },
  ];
  const world = fold(recordsOf(aBook(), [...bad, ...morning]));
  const counts = countUp(world, outside);
  expect(counts.packets).toMatchObject({
    received: 12,
    decoded: 10,
    refused: { 'not-json': 1, 'unknown-topic': 1 },
  });
  expect(counts.readings.quarantined).toEqual({ rollback: 1, clock: 2 });
  expect({ tenths: counts.tenths, pence: counts.pence }).toEqual({ tenths: 24, pence: 72 });
});

test('a packet that comes again is a duplicate, and changes nothing', () => {
  const again = morning.filter((arrival) => arrival.topic?.includes('teltonika') === true);
  const world = fold(
    recordsOf(aBook(), [...morning, ...again.map((arrival) => ({ ...arrival, atMs: NINE_MS + HOUR_MS }))]),
  );
  expect(countUp(world, outside).packets).toEqual({
    received: 9,
    decoded: 7,
    refused: {},
    duplicate: 2,
    acknowledged: 0,
  });
  expect(countToday(world)).toEqual({ tenths: 24, pence: 72 });
});

test('at local midnight the day is accrued as one balanced set, by a tick or by whatever comes next', () => {
  const midnightMs = BOOK_START_MS + 24 * HOUR_MS;
  const before = fold(recordsOf(aBook(), morning));
  expect(before.nextDeadlineMs).toBe(midnightMs);
  const world = fold(recordsOf(aBook(), [...morning, { atMs: midnightMs + 3, topic: null }]));
  expect(
    world.ledger.sets.map(({ id, valueDay, postedAtMs, entries }) => ({ id, valueDay, postedAtMs, entries })),
  ).toEqual([
    {
      id: 'accrual:C1:2026-03-02:2026-03-02',
      valueDay: '2026-03-02',
      postedAtMs: midnightMs,
      entries: [
        { account: '1110:C1', pence: 72 },
        { account: '4000', pence: -72 },
      ],
    },
  ]);
  expect(countToday(world)).toEqual({ tenths: 0, pence: 0 });
  expect(countUp(world, outside)).toMatchObject({ tenths: 24, pence: 72 });
});

test('miles between two readings either side of midnight fall to both days, none lost (M7, M8, M11)', () => {
  const elevenMs = BOOK_START_MS + 23 * HOUR_MS;
  const world = fold(
    recordsOf(aBook([TELTONIKA]), [
      { atMs: elevenMs, ...teltonika(TELTONIKA.device, elevenMs, 20_000_000) },
      { atMs: elevenMs + 3 * HOUR_MS, ...teltonika(TELTONIKA.device, elevenMs + 2 * HOUR_MS, 20_016_093) },
    ]),
  );
  const days = allDays(must(world.vehicles[0], 'one vehicle').days).map(({ day, tenths }) => [day, tenths]);
  expect(Object.fromEntries(days)).toEqual({ '2026-03-02': 50, '2026-03-03': 50 });
});

/** Everything of a world but what the query side has not been told yet. */
function essence(world: World): unknown {
  const { unsaved: _unsaved, ...rest } = world;
  return JSON.parse(
    JSON.stringify(rest, (_key, value: unknown) => {
      if (typeof value === 'bigint') return String(value);
      if (value instanceof Map) return [...value.entries()];
      if (value instanceof Set) return [...value];
      return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
    }),
  );
}

const journeys = fc.array(
  fc.record({
    vehicle: fc.constantFrom('tesla', 'teltonika', 'renault'),
    afterMs: fc.integer({ min: 0, max: 4 * HOUR_MS }),
    lateMs: fc.integer({ min: 0, max: 30 * HOUR_MS }),
    metres: fc.integer({ min: 0, max: 40_000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

function arrivalsOf(
  steps: readonly { vehicle: string; afterMs: number; lateMs: number; metres: number }[],
): Arrival[] {
  let atMs = NINE_MS;
  let metres = 0;
  return steps.map((step) => {
    atMs += step.afterMs;
    metres += step.metres;
    if (step.vehicle === 'teltonika') {
      return {
        atMs,
        ...teltonika(TELTONIKA.device, Math.max(BOOK_START_MS, atMs - step.lateMs), 20_000_000 + metres),
      };
    }
    const kilometres = (metres / 1_000).toFixed(2);
    if (step.vehicle === 'renault')
      return { atMs, ...cockpit(RENAULT.device, (5_000 + Number(kilometres)).toFixed(2)) };
    return { atMs, ...teslaOdometer(TESLA.device, (1_000 + metres / 1_609.344).toFixed(3)) };
  });
}

test('property: stopping anywhere and going on from a snapshot gives the same world', () => {
  fc.assert(
    fc.property(journeys, fc.nat(), (steps, cutAt) => {
      const records = recordsOf(aBook(), arrivalsOf(steps));
      const cut = cutAt % records.length;
      const half = fold(records.slice(0, cut));
      const restored = v8.deserialize(v8.serialize(half)) as World;
      expect(essence(fold(records.slice(cut), restored))).toEqual(essence(fold(records)));
    }),
    { numRuns: 50 },
  );
});

test('property: counts close, and the days of all vehicles sum to what contracts are billed', () => {
  fc.assert(
    fc.property(journeys, (steps) => {
      const world = fold(recordsOf(aBook(), arrivalsOf(steps)));
      const { packets, readings, tenths } = countUp(world, outside);
      expect(packets.received).toBe(packets.decoded + sumOf(packets.refused) + packets.duplicate);
      expect(readings.decoded).toBe(
        readings.accepted +
          readings.superseded +
          readings.jitter +
          readings.repeat +
          sumOf(readings.quarantined) +
          readings.unclaimed,
      );
      const days = world.vehicles.flatMap((vehicle) => allDays(vehicle.days));
      expect(days.reduce((sum, day) => sum + day.tenths, 0)).toBe(tenths);
      const total = [...world.ledger.balancesPence.values()].reduce((sum, pence) => sum + pence, 0);
      expect(total).toBe(0);
    }),
    { numRuns: 50 },
  );
});
