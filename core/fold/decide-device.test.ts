import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA } from '../../tests/support/a-book.ts';
import { type Arrival, fold, teltonika, teslaOdometer } from '../../tests/support/fold-packets.ts';
import type { Decision } from '../protocol/decision.ts';
import type { JournalEntry, JournalRecord } from '../protocol/journal-record.ts';
import { sumOf } from '../protocol/report.ts';
import { countUp } from './count-up.ts';
import { describeRoster, describeVehicle } from './describe-vehicle.ts';
import { allDays } from './vehicle-days.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const NINE_MS = BOOK_START_MS + 9 * 3_600_000;
const STRANGER = '356000000000027';
const outside = { acknowledged: 0, journal: { records: 0, bytes: 0 } };

type Step = { readonly atMs: number; readonly decision: Decision } | Arrival;

/** A book of V-BARE, which has a contract and no tracker, and of the usual Teltonika, then the steps in order. */
function world(...steps: readonly Step[]): World {
  const book = aBook([TELTONIKA, { ...TELTONIKA, id: 'V-BARE', device: 'none', opening: '20000' }]);
  book.trackers = book.trackers.filter(({ vehicle }) => vehicle !== 'V-BARE');
  const load = { decision: 'load-book', actor: 'system', reason: 'test', book } as const;
  const all: readonly Step[] = [{ atMs: BOOK_START_MS, decision: load }, ...steps];
  return fold(all.map((step, position) => recordOf(step, position)));
}

function recordOf(step: Step, position: number): JournalRecord {
  const entry: JournalEntry =
    'decision' in step
      ? { kind: 'decision', decision: step.decision }
      : {
          kind: 'packet',
          topic: step.topic ?? '',
          clientId: 'test',
          payload: Buffer.from(
            typeof step.payload === 'string' ? step.payload : JSON.stringify(step.payload),
          ),
          omittedBytes: 0,
        };
  return { ...entry, position, receivedAtMs: step.atMs };
}

function claim(atMs: number, vehicle: string, fromMs: number, device = STRANGER): Step {
  const from = new Date(fromMs).toISOString();
  const who = { actor: 'Ada', reason: 'fitted' };
  return {
    atMs,
    decision: {
      decision: 'claim-device',
      ...who,
      provider: 'teltonika-mqtt-json',
      device,
      vehicle,
      origin: 'tracker',
      from,
      group: 'default',
    },
  };
}

/** A minute apart from nine o'clock, 1,700 m a minute: a little over 63 mph. */
function drive(minutes: number, device = STRANGER, first = 0): Arrival[] {
  return Array.from({ length: minutes }, (_, i) => {
    const atMs = NINE_MS + (first + i) * MINUTE_MS;
    return { atMs, ...teltonika(device, atMs, 20_000_000 + (first + i) * 1_700) };
  });
}

const billed = (folded: World, vehicle: string): number => {
  const state = folded.vehicles[folded.slotByVehicle.get(vehicle) ?? -1];
  return state === undefined ? 0 : allDays(state.days).reduce((sum, { tenths }) => sum + tenths, 0);
};

function closes(folded: World): boolean {
  const { packets, readings } = countUp(folded, outside);
  const placed = readings.accepted + readings.superseded + readings.jitter + readings.repeat;
  return (
    packets.received === packets.decoded + sumOf(packets.refused) + packets.duplicate &&
    readings.decoded === placed + sumOf(readings.quarantined) + readings.unclaimed
  );
}

test('claiming a tracker makes its past count from the date given', () => {
  const later = NINE_MS + 20 * MINUTE_MS;
  const unclaimed = world(...drive(11));
  expect(billed(unclaimed, 'V-BARE')).toBe(0);
  expect(countUp(unclaimed, outside).readings).toMatchObject({ decoded: 11, unclaimed: 11, accepted: 0 });

  const claimed = world(...drive(11), claim(later, 'V-BARE', NINE_MS));
  // From 20,000 km, 124,274.2 tenths of a mile, to 20,017 km, 124,379.9 of them.
  expect(billed(claimed, 'V-BARE')).toBe(105);
  expect(countUp(claimed, outside).readings).toMatchObject({ decoded: 11, unclaimed: 0, accepted: 11 });
  expect(closes(claimed)).toBe(true);

  const half = world(...drive(11), claim(later, 'V-BARE', NINE_MS + 5 * MINUTE_MS));
  expect(countUp(half, outside).readings).toMatchObject({ unclaimed: 5, accepted: 6 });
});

test('a claimed tracker is drawn as its vehicle and no longer as a stranger', () => {
  const names = (folded: World): string[] => describeRoster(folded).map(({ vehicle }) => vehicle);
  const before = world(...drive(3));
  expect(names(before)).toEqual(['V-TELTONIKA', 'V-BARE', `teltonika-mqtt-json ${STRANGER}`]);
  const after = world(...drive(3), claim(NINE_MS + 5 * MINUTE_MS, 'V-BARE', NINE_MS));
  expect(names(after)).toEqual(['V-TELTONIKA', 'V-BARE']);
  expect(describeVehicle(after, 'V-BARE')).toMatchObject({
    device: STRANGER,
    provider: 'teltonika-mqtt-json',
  });
});

test('a tracker that is moved leaves its miles where they were driven, and is named', () => {
  const { device } = TELTONIKA;
  const moved = world(
    ...drive(21, device),
    claim(NINE_MS + 30 * MINUTE_MS, 'V-BARE', NINE_MS + 10 * MINUTE_MS, device),
  );
  const whole = billed(world(...drive(21, device)), 'V-TELTONIKA');
  expect(whole).toBe(211);
  expect(billed(moved, 'V-TELTONIKA')).toBe(95);
  expect(billed(moved, 'V-BARE')).toBe(211);
  expect([...moved.situations.values()]).toMatchObject([
    { situation: 'tracker-moved', subject: `teltonika-mqtt-json ${device}`, count: 1 },
  ]);
  expect(closes(moved)).toBe(true);
});

test('a second tracker on a vehicle is named, kept as a series of its own, and not billed', () => {
  const both = world(
    ...drive(11, TELTONIKA.device),
    claim(NINE_MS + 15 * MINUTE_MS, 'V-TELTONIKA', NINE_MS),
    ...drive(11, STRANGER, 20),
  );
  expect(billed(both, 'V-TELTONIKA')).toBe(105);
  expect([...both.situations.values()]).toMatchObject([
    { situation: 'two-trackers', subject: 'V-TELTONIKA' },
  ]);
  expect(both.vehicles[0]?.series.size).toBe(2);
});

test('a released tracker waits to be claimed again; claiming it back gives the same bill', () => {
  const { device } = TELTONIKA;
  const release: Step = {
    atMs: NINE_MS + 30 * MINUTE_MS,
    decision: {
      decision: 'release-device',
      actor: 'Ada',
      reason: 'returned',
      provider: 'teltonika-mqtt-json',
      device,
      at: new Date(NINE_MS + 10 * MINUTE_MS).toISOString(),
    },
  };
  const released = world(...drive(21, device), release);
  expect(countUp(released, outside).readings).toMatchObject({ accepted: 10, unclaimed: 11 });
  const back = world(
    ...drive(21, device),
    release,
    claim(NINE_MS + 31 * MINUTE_MS, 'V-TELTONIKA', NINE_MS + 10 * MINUTE_MS, device),
  );
  expect(billed(back, 'V-TELTONIKA')).toBe(211);
  expect(closes(back)).toBe(true);
});

test('a replaced odometer stays with its vehicle while its tracker is moved about', () => {
  const { device } = TELTONIKA;
  const replaced: Step = {
    atMs: NINE_MS + 25 * MINUTE_MS,
    decision: {
      decision: 'open-epoch',
      actor: 'Ada',
      approver: 'Ben',
      reason: 'new instrument cluster',
      vehicle: 'V-TELTONIKA',
      at: new Date(NINE_MS + 10 * MINUTE_MS + 30_000).toISOString(),
      // Ten minutes of 1.7 km, and one more kilometre; the new one then shows what it showed next.
      closing: '20018',
      opening: '20018.7',
      unit: 'km',
    },
  };
  const away = claim(NINE_MS + 30 * MINUTE_MS, 'V-BARE', NINE_MS + 15 * MINUTE_MS, device);
  const back = claim(NINE_MS + 31 * MINUTE_MS, 'V-TELTONIKA', NINE_MS + 15 * MINUTE_MS, device);
  const once = world(...drive(21, device), replaced);
  // From 20,000 km, 124,274.2 tenths of a mile, to 20,034 km less 700 m, 124,481.2 of them.
  expect(billed(once, 'V-TELTONIKA')).toBe(207);
  // The last it read in V-TELTONIKA is 20,023.8 km less 700 m, 124,417.8 tenths of a mile.
  const moved = world(...drive(21, device), replaced, away);
  expect(billed(moved, 'V-TELTONIKA')).toBe(143);
  const returned = world(...drive(21, device), replaced, away, back);
  expect(billed(returned, 'V-TELTONIKA')).toBe(207);
  expect([once, moved, returned].map(closes)).toEqual([true, true, true]);
});

test('a claim may make a vehicle that is in no book; it is drawn, kept and in no contract', () => {
  const step = claim(NINE_MS + 5 * MINUTE_MS, 'V-NEW', NINE_MS);
  if (!('decision' in step) || step.decision.decision !== 'claim-device') throw new Error('a claim');
  const newVehicle = {
    id: 'V-NEW',
    registration: 'MP26 NEW',
    make: 'Make',
    model: 'Model',
    class: 'van',
    powertrain: 'BEV',
  } as const;
  const folded = world(...drive(3), { ...step, decision: { ...step.decision, newVehicle } });
  expect(describeVehicle(folded, 'V-NEW')).toMatchObject({ registration: 'MP26 NEW', contract: null });
  expect(countUp(folded, outside).readings).toMatchObject({ accepted: 3, unclaimed: 0 });
});

test('whenever a claim is made, before, amid or after the packets, the miles are the same', () => {
  const packets = drive(13);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 12 }), (when, from) => {
      const at = packets[Math.min(when, 12)]?.atMs ?? NINE_MS;
      const claimed = claim(
        when === 13 ? NINE_MS + 60 * MINUTE_MS : at,
        'V-BARE',
        NINE_MS + from * MINUTE_MS,
      );
      const folded = world(...packets.slice(0, when), claimed, ...packets.slice(when));
      const first = world({ ...claimed, atMs: BOOK_START_MS }, ...packets);
      expect(billed(folded, 'V-BARE')).toBe(billed(first, 'V-BARE'));
      expect(countUp(folded, outside).readings).toEqual(countUp(first, outside).readings);
      expect(closes(folded)).toBe(true);
    }),
  );
});

test('a feed without reading times keeps its unclaimed values too', () => {
  const stranger = 'LRW3E7FA0TC000099';
  const arrivals = [0, 1, 2].map((i) => ({
    atMs: NINE_MS + i * MINUTE_MS,
    ...teslaOdometer(stranger, `${1_000 + i}.0`),
  }));
  const who = { actor: 'Ada', reason: 'bought' };
  const folded = world(...arrivals, {
    atMs: NINE_MS + 5 * MINUTE_MS,
    decision: {
      decision: 'claim-device',
      ...who,
      provider: TESLA.provider,
      device: stranger,
      vehicle: 'V-BARE',
      origin: 'vehicle',
      from: new Date(NINE_MS).toISOString(),
      group: 'default',
    },
  });
  expect(countUp(folded, outside).readings).toMatchObject({ decoded: 3, unclaimed: 0 });
  expect(closes(folded)).toBe(true);
});

test('a feed that sends latitude and longitude by themselves has a place once both came together', () => {
  const half = (atMs: number, name: string, payload: string): Arrival => ({
    atMs,
    topic: `ovms/ada/van/metric/v/p/${name}`,
    payload,
  });
  const place = (...arrivals: Arrival[]) =>
    describeVehicle(world(...arrivals), 'ovms ada/van')?.position?.value ?? null;
  expect(place(half(NINE_MS, 'latitude', '51.500123'))).toBeNull();
  expect(
    place(half(NINE_MS, 'latitude', '51.500123'), half(NINE_MS + 400, 'longitude', '-0.120456')),
  ).toEqual({ latitudeDegrees: 51.500_123, longitudeDegrees: -0.120_456 });
  // A minute later the vehicle is elsewhere: half of a new place and half of an old one are none.
  expect(
    place(half(NINE_MS, 'latitude', '51.500123'), half(NINE_MS + MINUTE_MS, 'longitude', '-0.120456')),
  ).toBeNull();
});

test('a tracker that reads the VIN of another vehicle is named, once, with how often', () => {
  const { device } = TELTONIKA;
  const [vin, other] = ['VF1AG000000000001', 'VF1AG000000000002'];
  const position = { protocol: 'teltonika', fixTime: '2026-03-02T09:00:00Z', valid: true };
  const packet = (read: string): Arrival => ({
    atMs: NINE_MS,
    topic: 'positions',
    payload: { position: { ...position, attributes: { vin: read } }, device: { uniqueId: device } },
  });
  const book = aBook([{ ...TELTONIKA, provider: 'traccar' }]);
  for (const vehicle of book.vehicles) vehicle.vin = vin;
  const load = { decision: 'load-book', actor: 'system', reason: 'test', book } as const;
  const folded = fold(
    [{ atMs: BOOK_START_MS, decision: load }, packet(vin), packet(other), packet(other)].map(recordOf),
  );
  expect([...folded.situations.values()]).toMatchObject([
    { situation: 'tracker-in-another-vehicle', subject: `traccar ${device}`, count: 2 },
  ]);
});
